import { sql } from 'kysely';
import type { Database } from '../../db/database.ts';
import { attackAt, longestWait, type TryKey } from './tries.ts';

/** After an hour without a try that went wrong, all is forgotten. */
const memory = sql`interval '1 hour'`;

/** Tries that went wrong under a name lately, from anywhere. */
export async function isUnderAttack(db: Database, nameHash: string): Promise<boolean> {
  const { rows } = await sql`
    select from sign_in_tries
    where key_hash = ${nameHash} and failures >= ${attackAt} and last_at > clock_timestamp() - ${memory}`.execute(db);
  return rows.length > 0;
}

/** Seconds until the next try may be made; 0: now. Asking costs one read, however often strangers ask. */
export async function waitFor(db: Database, keys: readonly TryKey[]): Promise<number> {
  const { rows } = await sql<{ wait: number }>`
    select coalesce(ceil(extract(epoch from max(held_until) - clock_timestamp())), 0)::int as wait
    from sign_in_tries
    where key_hash = any(${keys.map(({ hash }) => hash)}) and held_until > clock_timestamp()`.execute(db);
  return rows[0]?.wait ?? 0;
}

/** A try that is under way, and counts as gone wrong until it is taken back. */
export type Reserved = { keys: readonly TryKey[]; at: string };

/**
 * Counts a try as gone wrong before it is made, so that a hundred at the same moment are a hundred. Undefined when others were
 * quicker and this one has to wait.
 */
export async function reserveTry(db: Database, keys: readonly TryKey[]): Promise<Reserved | undefined> {
  const hashes = keys.map(({ hash }) => hash).sort(); // in one order everywhere: nobody waits for each other
  return db.transaction().execute(async (trx) => {
    await sql`
      insert into sign_in_tries (key_hash, failures, last_at, held_until)
      select key_hash, 0, clock_timestamp(), clock_timestamp() from unnest(${hashes}::text[]) with ordinality as key (key_hash, at)
      order by at on conflict do nothing`.execute(trx);
    const { rows: held } = await sql<{ isHeld: boolean }>`
      select held_until > clock_timestamp() as "isHeld" from sign_in_tries
      where key_hash = any(${hashes}) order by key_hash for update`.execute(trx);
    if (held.some(({ isHeld }) => isHeld)) return undefined;
    const { rows } = await sql<{ at: string }>`
      update sign_in_tries set
        failures = counted.failures,
        last_at = now(),
        held_until = clock_timestamp() + case
          when first_wait = 0 or counted.failures < free then interval '0'
          else least(first_wait * 2 ^ least(counted.failures - free, 20), ${longestWait}) * interval '1 second' end
      from (
        select key.*, case when last_at < clock_timestamp() - ${memory} then 1 else failures + 1 end as failures
        from sign_in_tries join unnest(${keys.map(({ hash }) => hash)}::text[], ${keys.map(({ free }) => free)}::int[],
          ${keys.map(({ firstWait }) => firstWait)}::int[]) as key (key_hash, free, first_wait) using (key_hash)
      ) as counted
      where sign_in_tries.key_hash = counted.key_hash
      returning last_at::text as at`.execute(trx);
    return { keys, at: rows[0]?.at ?? '' };
  });
}

/** Takes a try back that was not wrong; the waiting it brought with it ends, unless others went on. */
export async function takeTryBack(db: Database, { keys, at }: Reserved): Promise<void> {
  const hashes = keys.map(({ hash }) => hash).sort();
  await db.transaction().execute(async (trx) => {
    await sql`select from sign_in_tries where key_hash = any(${hashes}) order by key_hash for update`.execute(trx);
    await sql`
      update sign_in_tries set
        failures = greatest(failures - 1, 0),
        held_until = case when last_at = ${at}::timestamptz then last_at else held_until end
      where key_hash = any(${hashes})`.execute(trx);
  });
}

/** Forgets what went wrong under keys that have been proven to be their operator's own. */
export async function forgetTries(db: Database, hashes: readonly string[]): Promise<void> {
  await sql`delete from sign_in_tries where key_hash = any(${hashes})`.execute(db);
}

/** Forgets what is of no consequence any more. */
export async function forgetOldTries(db: Database): Promise<void> {
  await sql`delete from sign_in_tries where last_at < clock_timestamp() - ${memory} and held_until < clock_timestamp()`.execute(
    db,
  );
}
