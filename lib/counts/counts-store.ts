import { sql } from 'kysely';
import type { Executor } from '../db/database.ts';

/** So many steps of an account are summed up as quickly as a few. */
const maxSteps = 1_000;

/**
 * Replaces the steps by which people were counted by their sums, in accounts with more than `most`. In one statement, so that no
 * reader sees a step twice or not at all; steps that are written meanwhile, or that another process has hold of, stay.
 */
export async function compactCounts(db: Executor, most = maxSteps): Promise<void> {
  await sql`
    with taken as (
      delete from user_counts where ctid = any(array(
        select ctid from user_counts
        where account_id in (select account_id from user_counts group by 1 having count(*) > ${most})
        for update skip locked
      ))
      returning *
    )
    insert into user_counts
    select account_id, license, registration, invitation, user_type, sum(people)
    from taken group by 1, 2, 3, 4, 5 having sum(people) <> 0`.execute(db);
}
