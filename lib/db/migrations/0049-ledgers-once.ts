import { type Kysely, sql } from 'kysely';

/**
 * The same steps and counts as before for less: where the ledger of an account stands is asked once a statement. It was asked for each
 * person, of every month from now on.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create or replace function count_users() returns trigger language plpgsql as $$
    declare
      clock timestamptz := clock_timestamp();
      ids text[];
    begin
      if tg_op = 'INSERT' then
        insert into user_counts
          select account_id, license, registration, invitation, user_type, count(*) from added group by 1, 2, 3, 4, 5;
        ids := array(select distinct account_id from added);
        insert into movements (account_id, at, user_id, kind, to_license, to_status, cause, since)
          with ledgers as materialized (select * from open_ledgers(ids, clock))
          select added.account_id, ledger.at, added.id, 'joined', added.license,
            user_status(added.registration, added.invitation), added.cause, ledger.complete_as_of
          from added join ledgers ledger on ledger.account_id = added.account_id;
      elsif tg_op = 'DELETE' then
        insert into user_counts
          select account_id, license, registration, invitation, user_type, -count(*) from removed group by 1, 2, 3, 4, 5;
        ids := array(select distinct account_id from removed);
        insert into movements (account_id, at, user_id, kind, from_license, from_status, cause, since)
          with ledgers as materialized (select * from open_ledgers(ids, clock))
          select removed.account_id, ledger.at, removed.id, 'left', removed.license,
            user_status(removed.registration, removed.invitation), ledger.listing_id,
            greatest(removed.read_at, ledger.complete_as_of)
          from removed join ledgers ledger on ledger.account_id = removed.account_id;
      else
        ids := array(
          select distinct added.account_id from removed join added on added.seq = removed.seq
          where (added.license, added.registration, added.invitation, added.user_type)
            is distinct from (removed.license, removed.registration, removed.invitation, removed.user_type));
        if ids = '{}' then
          return null;
        end if;
        insert into user_counts
          select account_id, license, registration, invitation, user_type, sum(step) from (
            select account_id, license, registration, invitation, user_type, 1 as step from added
            union all
            select account_id, license, registration, invitation, user_type, -1 from removed
          ) steps group by 1, 2, 3, 4, 5 having sum(step) <> 0;
        insert into movements (account_id, at, user_id, kind, from_license, to_license, from_status, to_status, cause, by,
                               batch_id, ending_id, since)
          with ledgers as materialized (select * from open_ledgers(ids, clock))
          select moved.account_id, ledger.at, moved.id, 'moved', moved.from_license, moved.to_license, moved.from_status,
            moved.to_status, moved.cause, coalesce(change.operator_id, late_call.operator_id),
            coalesce(change.batch_id, late_call.batch_id), change.ending_id,
            case when change.id is null and late_call.change_id is null
              then greatest(moved.read_at, ledger.complete_as_of) end
          from (
            select added.account_id, added.id, removed.license as from_license, added.license as to_license,
              user_status(removed.registration, removed.invitation) as from_status,
              user_status(added.registration, added.invitation) as to_status, removed.read_at,
              case when added.cause is distinct from removed.cause then added.cause end as cause
            from removed join added on added.seq = removed.seq
            where added.license is distinct from removed.license
              or user_status(added.registration, added.invitation)
                is distinct from user_status(removed.registration, removed.invitation)
          ) moved
          join ledgers ledger on ledger.account_id = moved.account_id
          left join lateral (
            select id, operator_id, batch_id, ending_id from changes where changes.id = moved.cause offset 0
          ) change on true
          left join lateral (
            select change_id, operator_id, batch_id from late_calls where late_calls.change_id = moved.cause offset 0
          ) late_call on true;
      end if;
      return null;
    end $$`.execute(db);
}
