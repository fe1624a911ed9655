import { periodProblem, sinceKnown } from '@/lib/texts/trend/comparison.ts';
import { comparePath } from '@/lib/trend/address.ts';
import type { ComparisonProblem } from '@/lib/trend/view.ts';
import { Notice } from '../ui/notice.tsx';
import { SoftLink } from '../ui/soft-link.tsx';

type PeriodProblemProps = { problem: ComparisonProblem; accountId: string | null; zone: string };

/** What is wrong with the days, and the way on where there is one. */
export function PeriodProblem({ problem, accountId, zone }: PeriodProblemProps) {
  const knownFrom = problem.code === 'unknown' ? problem.knownFrom : null;
  return (
    <div role="status" className="mt-6">
      <Notice
        tone="wait"
        acts={
          knownFrom !== null && (
            <SoftLink href={comparePath(accountId, { from: knownFrom, to: null })} className="text-act">
              {sinceKnown(knownFrom, zone)}
            </SoftLink>
          )
        }
      >
        {periodProblem(problem, zone)}
      </Notice>
    </div>
  );
}
