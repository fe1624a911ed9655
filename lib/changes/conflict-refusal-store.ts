import { sql } from 'kysely';
import type { Executor } from '../db/database.ts';
import { type Failure, type OtherChange, Refusal } from '../failures.ts';
import { loginOfNamesake } from '../operators/namesakes-store.ts';

type Whose = { accountId: string; userId: string };

/**
 * The refusal where a person has another license, `current`, than the operator saw. It says who set it, where that was in Carillon.
 * By the mirror it is decided in `apply-changes.ts` (`refuseChanged`, where `recordIntent` wrote nothing down), by Chime in
 * `execute-change.ts` and `resolve-changes.ts`; for batches in `takeChunk` of `batches/run/chunks-store.ts` and in `execute-chunk.ts`. What operators read is `conflict` in
 * `texts/english/failures.ts`.
 */
export async function conflictOf(db: Executor, whose: Whose, current: string | null): Promise<Refusal> {
  return new Refusal('conflict', 'The person’s plan changed in the meantime.', {
    current,
    other: await whoSet(db, whose, current),
  });
}

/** The same as it is kept with a change, or with a person of a batch. */
export async function conflictFailure(db: Executor, whose: Whose, current: string | null): Promise<Failure> {
  const { code, facts } = await conflictOf(db, whose, current);
  return { ...facts, code, at: new Date().toISOString() };
}

/** Who, in Carillon, gave the person the license they have; without a name when nobody did. */
async function whoSet(db: Executor, { accountId, userId }: Whose, license: string | null): Promise<OtherChange> {
  const row = await db
    .selectFrom('changes')
    .select(['operator_name', 'settled_at', 'to_license'])
    .select(loginOfNamesake(sql`changes.operator_id`, sql`changes.operator_name`).as('login'))
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .where('state', '=', 'applied')
    .orderBy('settled_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.settled_at && row.to_license === license
    ? { license, name: row.operator_name, ...(row.login && { login: row.login }), at: row.settled_at.toISOString() }
    : { license };
}
