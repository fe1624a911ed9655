import { recordRefusal } from '../audit/record-refusal.ts';
import type { Deps } from '../chime/deps.ts';
import type { Database } from '../db/database.ts';
import { Refusal } from '../failures.ts';
import { type ChangeLimits, changesPerHour } from '../operators/change-limits.ts';
import type { Role } from '../operators/roles.ts';
import { failureFrom } from '../result.ts';
import { applyChanges } from './apply-changes.ts';
import type { Choice, Outcome } from './change.ts';
import { findOwnRecent, takeAllowance } from './hand-changes-store.ts';
import type { Requester } from './intent-store.ts';
import { sentEarlier } from './sent-earlier-store.ts';

/** Somebody who changes people by hand. */
export type Hand = Requester & { operatorRole: Role };

/**
 * Changes licenses as an operator chose them by hand: as `applyChanges`, within what their role may change in an hour. The
 * choices above the limit are refused, each with its own outcome and audit entry. To take back a change of one's own of the
 * last hour is always allowed and does not count: it has been counted when it was made.
 */
export async function changeLicenses(
  deps: Deps,
  accountId: string,
  choices: Choice[],
  by: Hand,
  limits: ChangeLimits,
): Promise<Outcome[]> {
  const own = await findOwnRecent(
    deps.db,
    accountId,
    by.operatorId,
    choices.flatMap(({ undoes }) => undoes ?? []),
  );
  const counted = choices.filter(({ undoes }) => undoes === undefined || !own.has(undoes));
  const { granted, refusal } = await withinLimit(deps.db, by, counted.length, limits);
  const above = new Set(counted.slice(granted));
  const within = choices.filter((choice) => !above.has(choice));
  const outcomes = within.length > 0 ? await applyChanges(deps, accountId, within, by) : [];
  const made = new Map(within.map((choice, index) => [choice, outcomes[index]]));
  for (const choice of above) {
    const earlier = await sentEarlier(deps.db, accountId, choice, by.operatorId);
    made.set(choice, earlier ?? (await refuseAbove(deps.db, accountId, choice, by, refusal)));
  }
  return choices.flatMap((choice) => made.get(choice) ?? []);
}

/** The same for what leads to one change later, such as the end of a plan: refuses it above the limit. */
export async function requireAllowance(db: Database, by: Hand, limits: ChangeLimits): Promise<void> {
  const { granted, refusal } = await withinLimit(db, by, 1, limits);
  if (granted < 1) throw refusal;
}

/** How many of so many are within the limit, and what is said of the others. */
async function withinLimit(db: Database, by: Hand, wanted: number, limits: ChangeLimits) {
  const perHour = changesPerHour(limits, by.operatorRole);
  const { granted, freeAt } =
    wanted > 0 ? await takeAllowance(db, by.operatorId, wanted, perHour) : { granted: 0, freeAt: null };
  const refusal = new Refusal('change-limit', `The limit is ${perHour} changes per hour.`, {
    limit: { changes: perHour, freeAt: freeAt?.toISOString() ?? null, admins: limits.admin },
  });
  return { granted, refusal };
}

async function refuseAbove(
  db: Database,
  accountId: string,
  { changeId: _, ...choice }: Choice,
  by: Hand,
  refusal: Refusal,
): Promise<Outcome> {
  const { userId } = choice;
  const operator = { id: by.operatorId, name: by.operatorName, role: by.operatorRole };
  await recordRefusal(db, { attempt: 'change-plans', operator, requestId: by.requestId, accountId, userId }, refusal);
  return { ...choice, state: 'failed', failure: { ...failureFrom(refusal, by.requestId), current: choice.from } };
}
