import { answer, type Caller } from '@/app/guard/routes.ts';
import { deps, reading } from '@/lib/deps.ts';
import { Refusal } from '@/lib/failures.ts';
import { showComparison } from '@/lib/trend/comparison/show-comparison.ts';
import { daysAsked } from '@/lib/trend/days.ts';
import { findWhose } from '@/lib/trend/find-whose.ts';

/** A comparison as data, of one account or of all accounts of an operator. */
export async function answerComparison(
  { operator }: Caller,
  query: Record<string, string>,
  accountId: string | null,
): Promise<Response> {
  const { settings } = deps();
  const whose = await findWhose(deps(), accountId, operator.accounts);
  if (!whose) throw new Refusal('unknown-account', 'No such account.');
  return answer(await reading(({ db }) => showComparison(db, whose, daysAsked(query), settings.REPORT_ZONE)));
}
