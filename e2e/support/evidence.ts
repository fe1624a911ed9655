import type { Call, JournalEntry } from '../../local-chime/faults/control-client.ts';
import type { Stack } from '../../testing/stack.ts';
import { test as base, expect } from './fixtures.ts';

export { expect };

/** What was left behind since the test began, by the product and by Local Chime, each in its own books. */
export type Evidence = Awaited<ReturnType<typeof openBooks>>;

/** At the end of each test, what Local Chime did is what the audit says was done. */
export const test = base.extend<{ evidence: Evidence }>({
  evidence: [
    async ({ stack, cleanSlate: _ }, use, testInfo) => {
      const evidence = await openBooks(stack);
      await use(evidence);
      if (testInfo.status === testInfo.expectedStatus) await evidence.expectAuditToMatchJournal();
    },
    { auto: true },
  ],
});

async function openBooks({ db, chime, startChime }: Stack) {
  const { control } = chime;
  const [sequence, entry, call] = [
    await lastSequence(db),
    (await control.journal()).at(-1),
    (await control.calls()).at(-1),
  ];

  /** Every license that the API has set. */
  const journal = async (): Promise<JournalEntry[]> =>
    (await control.journal(entry?.seq)).filter(({ operation, from, to }) => operation !== 'Outside' && from !== to);

  /** Every attempt in the audit but those to sign in or out; what was only seen to be different is none. */
  const audit = async () =>
    (
      await db.selectFrom('audit_entries').selectAll().where('sequence', '>', sequence).orderBy('sequence').execute()
    ).filter(({ action }) => !['sign-in', 'sign-out', 'outside'].includes(action));

  const applied = async () =>
    (await audit()).filter(
      ({ outcome, action }) => outcome === 'applied' && ['change', 'undo', 'ending', 'late'].includes(action),
    );

  return {
    journal,
    audit,
    /** Every change that was written down, oldest first. */
    changes: () => db.selectFrom('changes').selectAll().orderBy('requested_at').execute(),
    /** Every call to change a license that has arrived at Local Chime. */
    updates: async (): Promise<Call[]> =>
      (await control.calls(call?.seq)).filter(({ operation }) => operation?.endsWith('UpdateUser')),

    /** One for one, and in order for each person; a retry that set the same license again counts once. */
    async expectAuditToMatchJournal() {
      await startChime();
      await expect
        .poll(async () => (await applied()).map((one) => step(one.user_id, one.from_license, one.to_license)).sort())
        .toEqual((await journal()).map(({ userId, from, to }) => step(userId, from, to)).sort());
    },
  };
}

const step = (userId: string | null, from: string | null, to: string | null) => `${userId}: ${from} to ${to}`;

async function lastSequence(db: Stack['db']): Promise<string> {
  const last = await db.selectFrom('audit_entries').select('sequence').orderBy('sequence', 'desc').executeTakeFirst();
  return last?.sequence ?? '0';
}
