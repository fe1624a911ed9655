import { sql } from 'kysely';
import { afterAll, beforeAll } from 'vitest';
import type { Database } from '../lib/db/database.ts';
import { derivedFrom } from '../lib/users/derived.ts';
import type { User } from '../lib/users/user.ts';
import { createTestDatabase, type TestDatabase, withDatabase } from './database.ts';

export const accountId = 'account';

/** Somebody of the account; what is not said is what most people have. */
export const person = (id: string, name: string | null, more: Partial<User> = {}): User => ({
  accountId,
  id,
  email: `${id}@nordwind.example`,
  name,
  license: 'Basic',
  userType: 'PrivateUser',
  registration: 'Registered',
  invitation: 'Accepted',
  registeredOn: null,
  invitedOn: null,
  ...more,
});

/** A person's last change of plan; `by` is null for one made outside Carillon. */
export type KnownChange = { id: string; at: Date; by: string | null };

/** Runs a test on a database whose mirror holds these people. */
export async function withPeople<T>(
  people: User[],
  run: (db: Database, url: string) => Promise<T>,
  changes: KnownChange[] = [],
): Promise<T> {
  return withDatabase(async (db, url) => {
    await fill(db, people, changes);
    return run(db, url);
  });
}

/** One such database for all tests of a `describe` that only read; the answer is for use within them. */
export function sharedPeople(people: User[], changes: KnownChange[] = []): () => Database {
  let database: TestDatabase | undefined;
  beforeAll(async () => {
    database = await createTestDatabase();
    await fill(database.db, people, changes);
  });
  afterAll(() => database?.remove());
  return () => {
    if (!database) throw new Error('The database is there only while its tests run.');
    return database.db;
  };
}

async function fill(db: Database, people: User[], changes: KnownChange[]): Promise<void> {
  await addAccount(db, accountId);
  await insertPeople(db, people);
  await noteChanges(db, changes);
}

export async function addAccount(db: Database, id: string): Promise<void> {
  await db
    .insertInto('accounts')
    .values({ id, name: 'Nordwind', supported_licenses: ['Basic', 'Pro'] })
    .execute();
}

/** Puts people into the mirror, many at once, as if a listing had named them. */
export async function insertPeople(db: Database, users: User[]): Promise<void> {
  const rows = JSON.stringify(users.map((user) => ({ ...user, ...derivedFrom(user) })));
  await sql`
    insert into users (account_id, id, email, name, license, user_type, registration, invitation, registered_on, invited_on,
                       search, sort_name, sort_email, email_key, sort_license, sort_status, read_at)
    select "accountId", id, email, name, license, "userType", registration, invitation, "registeredOn", "invitedOn",
           search, sort_name, sort_email, email_key, sort_license, sort_status, now()
    from jsonb_to_recordset(${rows}::jsonb) as person (
      "accountId" text, id text, email text, name text, license text, "userType" text, registration text, invitation text,
      "registeredOn" timestamptz, "invitedOn" timestamptz,
      search text, sort_name text, sort_email text, email_key text, sort_license text, sort_status text)`.execute(db);
}

async function noteChanges(db: Database, changes: KnownChange[]): Promise<void> {
  await sql`
    update users set changed_at = at, changed_by = by
    from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as change (id text, at timestamptz, by text)
    where users.id = change.id`.execute(db);
}
