import type { FailureGroup } from '@/lib/batches/batch.ts';
import { adviceByCode } from '@/lib/changes/advice.ts';
import type { FailureCode } from '@/lib/failures.ts';
import * as texts from '@/lib/texts/batches.ts';
import { reasons, reasonTitle } from '@/lib/texts/failures.ts';
import { number } from '@/lib/texts/formats.ts';
import { Button, TextButton } from '../../ui/button.tsx';
import { TableCard } from '../../ui/card.tsx';
import { DataTable } from '../../ui/data-table.tsx';

const cell = 'px-4 py-2.5 align-top max-sm:block max-sm:py-0.5';

/** People who have left the account cannot be changed by any retry. */
const gone: readonly FailureCode[] = ['not-found', 'unknown-user'];

/** Whether a retry is worth offering for a cause, and whether it is likely to help. */
export const retryOf = (code: FailureCode): 'helps' | 'possible' | 'senseless' =>
  gone.includes(code) ? 'senseless' : adviceByCode[code].again === 'never' ? 'possible' : 'helps';

type CausesProps = {
  failures: FailureGroup[];
  onShow: (code: FailureCode) => void;
  /** Retries those of one cause; null where nobody can be retried. `isDone`: they have been, by another batch. */
  retry: { isDone: (code: FailureCode) => boolean; asking: string | null; run: (code: FailureCode) => void } | null;
};

/** Why people were not changed, and what to do about it: a row for each cause. */
export function Causes({ failures, onShow, retry }: CausesProps) {
  return (
    <>
      <h3 id="batch-causes" className="mt-5 font-semibold">
        {texts.result.failures}
      </h3>
      <TableCard className="mt-2">
        <DataTable
          name={{ labelledBy: 'batch-causes' }}
          columns={[
            texts.result.cause,
            texts.result.next,
            texts.result.people,
            ...(retry ? [texts.result.retryColumn] : []),
          ].map((name) => ({ name }))}
          cardsBelow="sm"
          spacing="numbers"
        >
          {failures.map(({ code, people }) => (
            <tr key={code} className="row-lines max-sm:block max-sm:py-2.5">
              <th scope="row" className={`${cell} text-start font-medium`}>
                {reasonTitle(code)}
              </th>
              <td className={`${cell} text-quiet`}>{texts.nextStep[code]}</td>
              <td className={cell}>
                <span className="sr-only">{number(people)} </span>
                <TextButton onClick={() => onShow(code)}>{texts.result.show(people)}</TextButton>
              </td>
              {retry && (
                <td className={cell}>
                  {retryOf(code) !== 'senseless' && !retry.isDone(code) && (
                    <Button
                      look={retryOf(code) === 'helps' ? 'loud' : 'plain'}
                      aria-disabled={retry.asking !== null || undefined}
                      aria-label={texts.result.retryCause(people, reasons[code])}
                      onClick={() => retry.run(code)}
                    >
                      {retry.asking === code ? texts.result.preparing : texts.result.retry(people)}
                    </Button>
                  )}
                </td>
              )}
            </tr>
          ))}
        </DataTable>
      </TableCard>
    </>
  );
}
