import { comparePage as texts } from '@/lib/texts/trend/comparison.ts';
import type { DaysAsked } from '@/lib/trend/address.ts';
import { licensesOf } from '@/lib/trend/matrix.ts';
import type { CellFilter } from '@/lib/trend/moved.ts';
import type { ComparisonAnswer } from '@/lib/trend/view.ts';
import { SplitTable } from './split-table.tsx';

type SplitsProps = { accountId: string | null; asked: DaysAsked; zone: string; answer: ComparisonAnswer };

/** The same changes by what brought them about, by operator, by batch, by domain and by department. */
export function Splits({ accountId, asked, zone, answer }: SplitsProps) {
  const { byOrigin, byOperator, byBatch, byDomain, byDepartment, cells } = answer;
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
        {byDepartment && (
          <div>
            <SplitTable
              {...of}
              split={byDepartment.split}
              kind="department"
              nameOf={(department) => department ?? texts.noDepartment}
              filterOf={(department): CellFilter => ({ department })}
            />
            {byDepartment.files.map(({ accountId: id, name, uploadedAt }) => (
              <p key={id} className="mt-1 text-small text-quiet">
                {texts.departmentsFrom(name, uploadedAt, zone)}
              </p>
            ))}
          </div>
        )}
      </div>
    </div>
  );
}

const column = 'grid min-w-0 content-start gap-y-8 print:gap-y-3';
