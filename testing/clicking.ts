import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { everything } from '../lib/audit/filter.ts';
import { auditKeys } from '../lib/audit/keys.ts';
import { verifyExport } from '../lib/audit/verify-export.ts';
import { applyChanges } from '../lib/changes/apply-changes.ts';
import { resolveChanges } from '../lib/changes/resolve-changes.ts';
import type { Deps } from '../lib/chime/deps.ts';
import { exportEntries } from '../lib/exports/export-entries.ts';
import { isLicense } from '../lib/licenses/license.ts';
import type { Person, TestChime } from './chime.ts';
import { dana, until } from './desk.ts';

const callers = 8;
const peopleOfEach = 4;
const nameOf = (caller: number, one: number) => `p${caller}-${one}`;
/** Whose plans are changed: each caller has people of their own. */
export const clickedPeople: Person[] = Array.from({ length: callers * peopleOfEach }, (_, at) => ({
  UserId: nameOf(Math.floor(at / peopleOfEach), at % peopleOfEach),
  DisplayName: `Person ${at}`,
  PrimaryEmail: `person${at}@nordwind.example`,
  LicenseType: 'Basic',
}));

/** Changes plans without a pause until told to stop; the answer is which changes were said to be saved. */
export function keepClicking(deps: Deps, chime: TestChime) {
  const saved: string[] = [];
  let isOver = false;
  const planOf = (userId: string) => chime.everyone().find((user) => user.UserId === userId)?.LicenseType;

  async function click(caller: number) {
    for (let turn = 0; !isOver; turn += 1) {
      const userId = nameOf(caller, turn % peopleOfEach);
      const from = planOf(userId) ?? null;
      const to = from === 'Basic' ? 'Pro' : 'Basic';
      if (!isLicense(to)) continue;
      const by = { ...dana, requestId: randomUUID() };
      const [outcome] = await applyChanges(deps, chime.accounts.enterprise, [{ userId, from, to }], by).catch(() => []);
      if (outcome?.state === 'applied') saved.push(outcome.changeId);
      else await sleep(20);
    }
  }

  const all = Promise.all(Array.from({ length: callers }, (_, caller) => click(caller)));
  return {
    saved,
    async stop() {
      isOver = true;
      await all;
    },
  };
}

/** Settles what the failover left open, as workers do later, when its lease runs out and no call can still be on its way. */
export async function settleAll(deps: Deps) {
  await until(async () => {
    const { rows } = await sql`
      update changes set lease_until = clock_timestamp(), sent_at = sent_at - interval '5 minutes'
      where state in ('pending', 'unknown') returning id`.execute(deps.db);
    if (rows.length === 0) return true;
    await resolveChanges(deps);
    return false;
  });
}

const byPerson = (steps: { userId?: string | undefined; from: unknown; to: unknown }[]) =>
  Object.fromEntries(
    clickedPeople.map(({ UserId }) => [
      UserId,
      steps.filter(({ userId }) => userId === UserId).map(({ from, to }) => `${from} to ${to}`),
    ]),
  );

/** Each person's plans as Chime's journal has them. */
export async function inJournal(chime: TestChime) {
  const journal = await chime.control.journal();
  return byPerson(journal.filter(({ operation, from, to }) => operation !== 'Outside' && from !== to));
}

/** The same as the audit has them. */
export async function inAudit({ db }: Deps) {
  const { rows } = await sql<{ userId: string; from: string; to: string }>`
    select user_id as "userId", from_license as "from", to_license as "to" from audit_entries
    where action = 'change' and outcome = 'applied' order by sequence`.execute(db);
  return byPerson(rows);
}

/** The first break of the audit's chain; null where it is whole. */
export async function breakOfChain({ db }: Deps) {
  const { current } = auditKeys();
  const verdict = await verifyExport(
    bytesOf(exportEntries(db, everything, 'jsonl')),
    new Map([[current.id, current.key]]),
  );
  return verdict.broken;
}

async function* bytesOf(texts: AsyncIterable<string>) {
  for await (const text of texts) yield Buffer.from(text);
}
