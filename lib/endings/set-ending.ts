import { findAccount } from '../accounts/store.ts';
import { appendEntries } from '../audit/append-entries.ts';
import type { Requester } from '../changes/store.ts';
import type { Executor } from '../db/database.ts';
import type { Deps } from '../deps.ts';
import { tell } from '../events/tell.ts';
import { Refusal } from '../failures.ts';
import { findUser } from '../users/store.ts';
import { nameOf } from '../users/user.ts';
import { isZone, momentAt } from '../wall-clock.ts';
import { type EndProblem, longestDays } from './ending.ts';
import { cancelEnding, findEnding, planEnding } from './store.ts';

type Whose = { accountId: string; userId: string };
type Called = { id: string; name: string | null; email: string | null };

/** Until when, as clocks in the operator's zone show it. */
export type Until = { wall: string; zone: string };

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
 * Makes the plan a person has a plan for a time: afterwards they get back what they had before the last change through
 * Carillon. An end that is planned is moved. Refuses where no change of ours gave them the plan they have.
 */
export async function setEnding({ db, chime }: Deps, whose: Whose, until: Until, by: Requester): Promise<void> {
  const at = endFrom(until);
  const { accountId, userId } = whose;
  const account = await findAccount({ db, chime }, accountId);
  await db.transaction().execute(async (step) => {
    const user = await findUser(step, accountId, userId);
    if (!user) throw new Refusal('unknown-user', 'This person is not in this account.');
    const planned = await findEnding(step, accountId, userId);
    const backTo = planned?.back_to ?? (await planBefore(step, whose, user.license));
    if (!backTo || user.license === null) {
      throw refusedEnd('no-earlier-plan', 'It is not known which plan the person had before.');
    }
    if (!account?.supportedLicenses.includes(backTo)) {
      throw refusedEnd('not-offered', 'The account no longer offers the plan the person had before.', backTo);
    }
    await planEnding(step, { ...whose, ...by, license: user.license, backTo, at, zone: until.zone });
    await tell(step, { kind: 'changed', accountId, userIds: [userId] });
    await appendEntries(step, [
      {
        ...factsOf(whose, user, by),
        action: 'temporary',
        from: user.license,
        to: backTo,
        became: at.toISOString(),
      },
    ]);
  });
}

/** Takes the end date off a person's plan. Where there is none, nothing happens. */
export async function removeEnding({ db }: Pick<Deps, 'db'>, whose: Whose, by: Requester): Promise<void> {
  const { accountId, userId } = whose;
  await db.transaction().execute(async (step) => {
    const user = await findUser(step, accountId, userId);
    if (!(await cancelEnding(step, accountId, userId))) return;
    await tell(step, { kind: 'changed', accountId, userIds: [userId] });
    await appendEntries(step, [
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

/** What the person had before the change that gave them the plan they have, if that was one of ours. */
async function planBefore(
  step: Executor,
  { accountId, userId }: Whose,
  license: string | null,
): Promise<string | null> {
  const last = await step
    .selectFrom('changes')
    .select(['from_license', 'to_license'])
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .where('state', '=', 'applied')
    .orderBy('settled_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last?.to_license === license ? last.from_license : null;
}
