import { comparePage as texts } from '@/lib/texts/trend/comparison.ts';
import type { DaysAsked } from '@/lib/trend/address.ts';
import { licensesOf } from '@/lib/trend/matrix.ts';
import type { CellFilter } from '@/lib/trend/moved.ts';
import type { ComparisonAnswer } from '@/lib/trend/view.ts';
import { SplitTable } from './split-table.tsx';

type SplitsProps = { accountId: string | null; asked: DaysAsked; answer: ComparisonAnswer };

/** The same changes by what brought them about, by operator, by batch and by domain. */
export function Splits({ accountId, asked, answer }: SplitsProps) {
  const { byOrigin, byOperator, byBatch, byDomain, cells } = answer;
  if (cells.length === 0) return <p className="mt-6 text-quiet">{texts.nothing}</p>;
  const licenses = licensesOf({ opening: {}, closing: {}, cells });
  const of = { accountId, asked, licenses };
  return (
    <div className="mt-8 grid gap-x-8 gap-y-8 lg:grid-cols-2 print:mt-3 print:grid-cols-[3fr_2fr] print:gap-4">
      <div className={column}>
        <SplitTable
          {...of}
          split={byOrigin}
          kind="origin"
          nameOf={(origin) => texts.origins[origin]}
          filterOf={(origin): CellFilter => ({ origin })}
        />
        <SplitTable
          {...of}
          split={byDomain}
          kind="domain"
          nameOf={(domain) => domain ?? texts.noDomain}
          filterOf={(domain): CellFilter => ({ domain })}
        />
      </div>
      <div className={column}>
        {byOperator.rows.length > 0 && (
          <SplitTable
            {...of}
            split={byOperator}
            kind="operator"
            nameOf={({ name }) => name}
            filterOf={({ id }): CellFilter => ({ operatorId: id })}
          />
        )}
        {byBatch.rows.length > 0 && (
          <SplitTable
            {...of}
            split={byBatch}
            kind="batch"
            nameOf={({ reason, by }) => texts.batch(reason, by)}
            filterOf={({ id }): CellFilter => ({ batchId: id })}
          />
        )}
      </div>
    </div>
  );
}

const column = 'grid min-w-0 content-start gap-y-8 print:gap-y-3';
