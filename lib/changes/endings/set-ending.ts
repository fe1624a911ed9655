import { findAccount } from '../../accounts/store.ts';
import { appendEntries } from '../../audit/append-entries.ts';
import type { Deps } from '../../chime/deps.ts';
import { cancelEnding, dealWithFailedEnding, planEndings } from '../../endings/store.ts';
import { tell } from '../../events/tell.ts';
import { type EndProblem, Refusal } from '../../failures.ts';
import { longestDays } from '../../licenses/ending.ts';
import type { License } from '../../licenses/license.ts';
import { findUser } from '../../users/store.ts';
import { nameOf } from '../../users/user.ts';
import { isZone, momentAt } from '../../wall-clock.ts';
import { conflictOf } from '../conflict-refusal-store.ts';
import type { Requester } from '../intent-store.ts';

type Whose = { accountId: string; userId: string };
type Called = { id: string; name: string | null; email: string | null };

/** Until when, as clocks in the operator's zone show it. */
export type Until = { wall: string; zone: string };

/** What an operator wants: the plan they saw the person have only until then, and afterwards `to`. */
export type EndingWish = { license: string; to: License; until: Until };

/** The moment that is meant; refuses what no clock shows, what has passed, and what is more than a year away. */
export function endFrom({ wall, zone }: Until, now = Date.now()): Date {
  const at = isZone(zone) ? momentAt(wall, zone) : undefined;
  if (!at) throw refusedEnd('skipped', 'That end date does not exist: clocks go forward then.');
  if (at.getTime() <= now) throw refusedEnd('past', 'The end date has passed.');
  if (at.getTime() > now + longestDays * 86_400_000) throw refusedEnd('far', 'The end date is more than a year away.');
  return at;
}

const refusedEnd = (problem: EndProblem, message: string, plan?: string) =>
  new Refusal('invalid', message, { end: plan === undefined ? { problem } : { problem, plan } });

/**
 * Makes the plan a person has a temporary one. An end that is planned is moved. Refuses with `conflict` where they have
 * another plan by now than the operator saw, and a plan to go back to that the account does not offer.
 */
export async function setEnding({ db, chime }: Deps, whose: Whose, wish: EndingWish, by: Requester): Promise<void> {
  const at = endFrom(wish.until);
  const { accountId, userId } = whose;
  const account = await findAccount({ db, chime }, accountId);
  if (!account) throw new Refusal('unknown-account', 'No such account.');
  if (!account.supportedLicenses.includes(wish.to)) {
    throw refusedEnd('not-offered', 'The account does not offer the plan to go back to.', wish.to);
  }
  await db.transaction().execute(async (trx) => {
    const user = await findUser(trx, accountId, userId);
    if (!user) throw new Refusal('unknown-user', 'This person is not in this account.');
    if (user.license !== wish.license) {
      throw await conflictOf(trx, whose, user.license);
    }
    if (wish.to === wish.license) throw refusedEnd('same', 'Nothing would change at the end.', wish.to);
    await dealWithFailedEnding(trx, accountId, userId);
    await planEndings(trx, [{ ...whose, ...by, license: wish.license, backTo: wish.to, at, zone: wish.until.zone }]);
    await tell(trx, { kind: 'changed', accountId, userIds: [userId] });
    await appendEntries(trx, [
      {
        ...factsOf(whose, user, by),
        action: 'temporary',
        from: wish.license,
        to: wish.to,
        became: at.toISOString(),
      },
    ]);
  });
}

/** Takes the end date off a person's plan. Where there is none, nothing happens. */
export async function removeEnding({ db }: Pick<Deps, 'db'>, whose: Whose, by: Requester): Promise<void> {
  const { accountId, userId } = whose;
  await db.transaction().execute(async (trx) => {
    const user = await findUser(trx, accountId, userId);
    if (!(await cancelEnding(trx, accountId, userId))) return;
    await tell(trx, { kind: 'changed', accountId, userIds: [userId] });
    await appendEntries(trx, [
      {
        ...factsOf(whose, user, by),
        action: 'permanent',
        from: user?.license,
        to: user?.license,
      },
    ]);
  });
}

const factsOf = ({ accountId, userId }: Whose, user: Called | undefined, by: Requester) => ({
  outcome: 'applied' as const,
  accountId,
  userId,
  userName: user ? nameOf(user) : userId,
  userEmail: user?.email,
  operatorId: by.operatorId,
  operatorName: by.operatorName,
  operatorRole: by.operatorRole,
  requestId: by.requestId,
});
