import { lookDeadlineMs } from '../chime/call-policy.ts';
import type { Deps } from '../chime/deps.ts';
import { takeTurn } from '../chime/turn.ts';
import { Refusal } from '../failures.ts';
import { withOpenChanges } from '../users/open-changes-store.ts';
import { findUser } from '../users/store.ts';
import type { UserRow } from '../users/user.ts';
import { countRead, maxReadsAMinute } from './person-reads-store.ts';
import { readUser } from './read-user.ts';

/**
 * Reads one person in Chime for an operator who looks at them, and answers the row as it is then. Throws a `ChimeRefusal`, a
 * `Refusal` of `too-busy` for one read too many within a minute, of `throttled` where it has to wait for 10 s, and of
 * `unknown-user`.
 */
export async function lookAtUser(
  deps: Deps,
  { accountId, userId, operatorId }: { accountId: string; userId: string; operatorId: string },
): Promise<UserRow> {
  if (!(await countRead(deps.db, operatorId))) {
    throw new Refusal('too-busy', `At most ${maxReadsAMinute} people can be looked up in Chime within a minute.`);
  }
  const until = Date.now() + lookDeadlineMs;
  const turn = await takeTurn(deps, 'reading', { waiting: async (ms) => expectTime(ms, until) });
  await readUser(deps, accountId, userId, turn, AbortSignal.timeout(lookDeadlineMs));
  const user = await findUser(deps.db, accountId, userId);
  if (!user) throw new Refusal('unknown-user', 'This person is not in this account.');
  const [row = user] = await withOpenChanges(deps.db, accountId, [user]);
  return row;
}

function expectTime(ms: number, until: number): void {
  if (Date.now() + ms > until) throw new Refusal('throttled', 'Amazon Chime is asked too often right now.');
}
