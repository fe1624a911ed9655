import type { FailureGroup } from '@/lib/batches/batch.ts';
import { adviceByCode, type FailureCode } from '@/lib/failures.ts';
import * as texts from '@/lib/texts/batches.ts';
import { number } from '@/lib/texts/formats.ts';
import { reasons, reasonTitle } from '@/lib/texts/history.ts';
import { Button, TextButton } from '../../ui/button.tsx';

const head = 'border-b border-line px-4 py-2 text-start font-medium';
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
      <div className="mt-2 overflow-clip rounded-xl border border-line bg-sheet">
        <table aria-labelledby="batch-causes" className="w-full border-separate border-spacing-0 max-sm:block">
          <thead className="text-small text-faint max-sm:sr-only">
            <tr>
              <th scope="col" className={head}>
                {texts.result.cause}
              </th>
              <th scope="col" className={head}>
                {texts.result.next}
              </th>
              <th scope="col" className={head}>
                {texts.result.people}
              </th>
              {retry && (
                <th scope="col" className={head}>
                  {texts.result.retryColumn}
                </th>
              )}
            </tr>
          </thead>
          <tbody className="max-sm:block">
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
          </tbody>
        </table>
      </div>
    </>
  );
}
