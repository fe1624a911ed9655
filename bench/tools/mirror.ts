import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { type Database, openDatabase } from '../../lib/db/database.ts';
import { migrate } from '../../lib/migrate.ts';
import type { User } from '../../lib/users/user.ts';
import { exampleAccounts, examplePeople } from '../../local-chime/people/organisation.ts';
import type { ChimeUser } from '../../local-chime/people/user.ts';
import { startEmbedded } from '../../scripts/processes/embedded.ts';
import { insertPeople } from '../../testing/people.ts';

/** A mirror of so many people of one account, without the Chime it would have come from. */
export type Mirror = { db: Database; url: string; accountId: string; people: number };

/** The sizes that were asked for on the command line. */
export function sizesFromArguments(otherwise: number[]): number[] {
  const sizes = process.argv
    .slice(2)
    .map(Number)
    .filter((size) => Number.isSafeInteger(size) && size > 0);
  return sizes.length > 0 ? sizes : otherwise;
}

/** Runs a benchmark on a PostgreSQL of its own, set up as it is installed, that holds the example organisation's people. */
export async function withMirror(people: number, run: (mirror: Mirror) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'carillon-bench-'));
  await chmod(folder, 0o711); // PostgreSQL's own user passes through
  try {
    const server = await startEmbedded({ dataDir: join(folder, 'postgres') });
    try {
      await migrate(server.url);
      const db = openDatabase(server.url);
      await fillMirror(db, people);
      await run({ db, url: server.url, accountId: exampleAccounts.enterprise, people });
      await db.destroy();
    } finally {
      await server.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const atOnce = 10_000;

/** Indexes are made when everybody is there, which takes a fraction of the time; then the mirror is as vacuumed as after a day. */
async function fillMirror(db: Database, people: number): Promise<void> {
  const accountId = exampleAccounts.enterprise;
  await sql`insert into accounts (id, name, complete_as_of) values (${accountId}, 'Nordwind Group', now())`.execute(db);
  const { rows: indexes } = await sql<{ name: string; made: string }>`
    select indexname as name, indexdef as made from pg_indexes
    where tablename = 'users' and indexname <> 'users_pkey'`.execute(db);
  for (const { name } of indexes) await sql`drop index ${sql.ref(name)}`.execute(db);
  const some: User[] = [];
  for (const user of examplePeople({ seed: 1, team: 0, enterprise: people, directory: 0 }, accountId)) {
    some.push(userFrom(user));
    if (some.length === atOnce) await insertPeople(db, some.splice(0));
  }
  await insertPeople(db, some);
  for (const { made } of indexes) await sql.raw(made).execute(db);
  await sql`vacuum analyze users`.execute(db);
}

const userFrom = (user: ChimeUser): User => ({
  accountId: user.AccountId,
  id: user.UserId,
  email: user.PrimaryEmail ?? null,
  name: user.DisplayName ?? null,
  license: user.LicenseType ?? null,
  userType: user.UserType ?? null,
  registration: user.UserRegistrationStatus ?? null,
  invitation: user.UserInvitationStatus ?? null,
  registeredOn: user.RegisteredOn ? new Date(user.RegisteredOn) : null,
  invitedOn: user.InvitedOn ? new Date(user.InvitedOn) : null,
});
