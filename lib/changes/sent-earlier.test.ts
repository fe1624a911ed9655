import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { rounds } from '../../testing/campaign.ts';
import { anaTo, type Desk, dana, expectAuditToMatchJournal, mona, until, withDesk } from '../../testing/desk.ts';
import type { Choice } from './change.ts';
import { changeLicenses } from './change-licenses.ts';
import { recordIntent } from './intent-store.ts';
import { outcomesOf } from './outcomes-store.ts';
import { resolveChanges } from './resolve-changes.ts';

test('a choice that is sent again under its ID is answered with what became of it, and changes nothing', () =>
  withDesk(async (desk) => {
    const choice = { ...anaTo('Pro'), changeId: randomUUID() };
    const [first] = await desk.change([choice]);
    await desk.change([anaTo('Basic', 'Pro')], mona);
    const calls = (await desk.control.journal()).length;

    const [again] = await desk.change([choice]);

    expect(again).toMatchObject({ state: 'applied', changeId: choice.changeId });
    expect(again).toMatchObject({ to: first?.to, from: 'Basic' });
    expect(await desk.licenseOf('ana')).toBe('Basic');
    expect((await desk.control.journal()).length).toBe(calls);
    expect(await desk.audit()).toHaveLength(2);
  }));

test.each<[string, Partial<Choice>, typeof dana]>([
  ['by somebody else', {}, mona],
  ['for another plan', { to: 'ProTrial' }, dana],
  ['for another person', { userId: 'ben' }, dana],
])('an ID that has been used is refused %s, and nothing is told of its change', (_, other, by) =>
  withDesk(async (desk) => {
    const choice = { ...anaTo('Pro'), changeId: randomUUID() };
    await desk.change([choice]);
    const calls = (await desk.control.journal()).length;

    const [again] = await desk.change([{ ...choice, ...other }], by);

    expect(again).toMatchObject({ state: 'failed' });
    expect(again).not.toHaveProperty('changeId');
    expect((await desk.control.journal()).length).toBe(calls);
  }),
);

test('a choice that is sent again is not refused by a limit that it has reached itself', () =>
  withDesk(async (desk) => {
    const hand = { ...dana, operatorRole: 'helpdesk' as const, requestId: randomUUID() };
    const choices = [{ ...anaTo('Pro'), changeId: randomUUID() }];
    const send = () => changeLicenses(desk.deps, desk.accountId, choices, hand, { helpdesk: 1, admin: 1 });
    await desk.settled((await send())[0]);

    expect(await send()).toMatchObject([{ state: 'applied', changeId: choices[0]?.changeId }]);
  }));

const steps = ['send', 'send twice at once', 'die before the call', 'look'] as const;
const faults = ['none', 'drop before', 'drop after', 'throttle'] as const;

test('the same ID changes nothing twice, whatever is dropped, doubled or killed between', () =>
  withDesk(async (desk) => {
    const anyOrder = fc.array(fc.record({ step: fc.constantFrom(...steps), fault: fc.constantFrom(...faults) }), {
      minLength: 1,
      maxLength: 5,
    });
    await fc.assert(
      fc.asyncProperty(anyOrder, async (order) => {
        const choice = await nextChoice(desk);
        for (const { step, fault } of order) {
          await plant(desk, fault);
          await take(desk, choice, step);
          await desk.control.clear();
        }
        await sendToTheEnd(desk, choice);
        const settled = await settledByWorker(desk, choice.changeId);
        expect(['applied', 'failed']).toContain(settled.state);

        const before = await calls(desk);
        expect(await desk.change([choice])).toMatchObject([{ state: settled.state, changeId: choice.changeId }]);
        expect(await calls(desk)).toBe(before);
        expect(await entriesOf(desk, choice.changeId)).toBe(1);
      }),
      { numRuns: rounds(15, 500) },
    );
    await expectAuditToMatchJournal(desk);
  }));

/** From what Ana has to her other plan, under an ID of its own. */
async function nextChoice(desk: Desk) {
  const from = await desk.licenseOf('ana');
  return { ...anaTo(from === 'Pro' ? 'Basic' : 'Pro', from), changeId: randomUUID() };
}

async function plant({ control }: Desk, fault: (typeof faults)[number]): Promise<void> {
  if (fault === 'drop before' || fault === 'drop after') {
    await control.drop('UpdateUser', fault === 'drop before' ? 'before' : 'after');
  }
  if (fault === 'throttle') await control.failNext('UpdateUser', 'ThrottledClientException');
}

type Sent = Awaited<ReturnType<typeof nextChoice>>;

async function take(desk: Desk, choice: Sent, step: (typeof steps)[number]): Promise<void> {
  if (step === 'send') await sendToTheEnd(desk, choice);
  if (step === 'send twice at once') await Promise.all([sendToTheEnd(desk, choice), sendToTheEnd(desk, choice)]);
  if (step === 'die before the call') await dieBeforeTheCall(desk, choice);
  if (step === 'look') await lookNow(desk);
}

/** A change that a killed process has left waits for a worker; any other is followed to its end. */
async function sendToTheEnd(desk: Desk, choice: Sent): Promise<void> {
  const [outcome] = await desk.choose([choice]);
  if (!(await isLeft(desk, choice.changeId))) await desk.settled(outcome);
}

async function dieBeforeTheCall(desk: Desk, choice: Sent): Promise<void> {
  const by = { ...dana, requestId: randomUUID() };
  const change = await recordIntent(desk.db, desk.accountId, choice.changeId, choice, by).catch(() => undefined);
  if (change) await sql`update changes set lease_until = '-infinity' where id = ${change.id}::uuid`.execute(desk.db);
}

async function isLeft({ db }: Desk, changeId: string): Promise<boolean> {
  const { rows } = await sql`
    select from changes where id = ${changeId}::uuid and state = 'pending' and lease_until < clock_timestamp()`.execute(
    db,
  );
  return rows.length > 0;
}

/** What a worker does with changes that a killed process has left. */
async function lookNow({ db, deps }: Desk): Promise<void> {
  await sql`update changes set lease_until = '-infinity', sent_at = sent_at - interval '5 minutes'
    where state in ('pending', 'unknown')`.execute(db);
  await resolveChanges(deps);
}

const settledByWorker = (desk: Desk, changeId: string) =>
  until(async () => {
    const [outcome] = await outcomesOf(desk.db, desk.accountId, [changeId]);
    if (outcome?.state === 'applied' || outcome?.state === 'failed') return outcome;
    await lookNow(desk);
    return undefined;
  });

const calls = async ({ control }: Desk) =>
  (await control.journal()).filter(({ operation }) => operation === 'UpdateUser').length;

async function entriesOf({ db }: Desk, changeId: string): Promise<number> {
  const { rows } = await sql<{ entries: number }>`
    select count(*)::integer as entries from audit_entries
    where change_id = ${changeId}::uuid and action in ('change', 'undo')`.execute(db);
  return rows[0]?.entries ?? 0;
}
