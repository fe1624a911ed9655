import { sql } from 'kysely';
import { appendEntries, type NewFacts } from '../audit/append-entries.ts';
import { momentText } from '../audit/ledger-store.ts';
import type { Executor } from '../db/database.ts';
import { prepared } from '../db/prepared.ts';
import { callOffEndings } from '../endings/store.ts';
import { derivedFrom } from '../users/derived.ts';
import { holdUsers } from '../users/store.ts';
import type { User } from '../users/user.ts';

/** What Chime said of people of one account. */
export type Reading = {
  accountId: string;
  users: User[];
  /** The database's clock before the request went out. */
  readAt: Date;
  /** The ID under which the reading is logged and audited. */
  requestId: string;
  /**
   * How it came about. A person who is read alone is known to be read just now; people of a listing are written only
   * where they differ. `compared`: read to decide whether a change may be sent, so no change of ours can be what is seen.
   */
  by: 'listing' | 'look' | 'comparison';
};

/** Where Chime shows the plan from before an accepted change for longer than this, and a late call may be why, it is why. */
const shownAfterSeconds = 20;

/**
 * Brings the mirror up to what Chime said, and answers who is different now. What differs although Carillon did not
 * change it is an outside change, and stands in the audit from this moment.
 *
 * A license that an earlier call of ours would have set, which nobody waited for any more, is no outside change either: the
 * audit says that it arrived late, and whose it was.
 *
 * Runs in the caller's transaction. A license that we learnt later than the reading stays. So does one that a change of ours explains: a change on its way
 * that Chime shows already, or an applied one that Chime does not show yet.
 */
export async function keepReading(db: Executor, reading: Reading): Promise<string[]> {
  const { accountId, users, requestId } = reading;
  if (users.length === 0) return [];
  if (users.length > 1)
    await holdUsers(
      db,
      accountId,
      users.map(({ id }) => id),
    );
  const rows = await writeReading(db, reading);
  const outside = rows.filter(({ is_noted }) => is_noted);
  const removedEnds = await callOffEndings(
    db,
    accountId,
    rows.flatMap(({ id, fact }) => (fact === 'license' ? [id] : [])),
  );
  await appendEntries(
    db,
    outside.map(({ id: userId, is_noted: _, late, fact, was, became, since, ...facts }): NewFacts => {
      const removedEnd = fact === 'license' ? removedEnds.get(userId) : null;
      const entry = { outcome: 'applied', accountId, userId, removedEnd, ...facts } as const;
      return late
        ? { ...entry, ...late, action: 'late' }
        : { ...entry, action: 'outside', requestId, fact, was, became, since };
    }),
  );
  return [...new Set(rows.map(({ id }) => id))];
}

/**
 * Writes a reading into the mirror, and answers each difference. One statement, so that what is compared is what is written. Its parts
 * stand below, by the name that they have in it.
 */
async function writeReading(db: Executor, reading: Reading): Promise<Difference[]> {
  const { accountId, users } = reading;
  const { rows } = await sql<Difference>`${prepared}
    with ${page(users)}, ${known(accountId)}, ${explained(reading)}, ${late(accountId)}, ${updated(reading)},
    ${arrived(accountId)}, ${joined(reading)}, ${outside}
    select outside.id, (fact <> 'joined' or complete_as_of is not null) as is_noted, person as "userName",
      address as "userEmail",
      case fact when 'license' then was end as "from", case when fact in ('license', 'joined') then became end as "to",
      fact, was, became, ${momentText(sql`greatest(known_at, complete_as_of)`)} as since,
      case when fact = 'license' and late.change_id is not null then jsonb_build_object('changeId', late.change_id,
        'requestId', late.request_id, 'operatorId', operator_id, 'operatorName', operator_name,
        'operatorRole', operator_role, 'batchId', late.batch_id) end as late
    from outside join accounts on accounts.id = ${accountId} left join late on late.user_id = outside.id
    union all
    select id, false, null, null, null, null, null, null, null, null, null from updated where has_other_type`.execute(
    db,
  );
  return rows;
}

/** The people as Chime said, with what the mirror derives of them. */
function page(users: User[]) {
  const people = JSON.stringify(users.map((user) => ({ ...factsOf(user), ...derivedFrom(user) })));
  return sql`page as materialized (
    select * from jsonb_to_recordset(${people}::jsonb) as page (
      id text, email text, name text, license text, user_type text, registration text, invitation text,
      registered_on timestamptz, invited_on timestamptz,
      search text, sort_name text, sort_email text, email_key text, sort_license text, sort_status text)
  )`;
}

/** Those of them who are in the mirror, each found by the index. */
const known = (accountId: string) => sql`known as materialized (
  select page.id, known.seq from page cross join lateral (
    select seq from users where account_id = ${accountId} and users.id = page.id offset 0
  ) known
)`;

/** Whose license a change of ours explains: on its way and shown already, or applied and not shown yet. */
const explained = ({ accountId, by }: Reading) => sql`explained as (
  select user_id from changes join page on page.id = changes.user_id
  where account_id = ${accountId} and state in ('pending', 'unknown') and to_license = page.license
    and ${by !== 'comparison'}
  union
  select user_id from changes join page on page.id = changes.user_id
  where account_id = ${accountId} and state = 'applied' and confirmed_at is null
    and settled_at > clock_timestamp() - case when batch_id is null then interval '1 hour' else interval '5 minutes' end
    and from_license is not distinct from page.license
    and not (settled_at < clock_timestamp() - ${shownAfterSeconds} * interval '1 second' and exists (
      select from late_calls where late_calls.account_id = ${accountId} and late_calls.user_id = page.id
        and late_calls.license = page.license and arrived_at is null))
)`;

/** The last call of ours, which nobody waited for any more, that would have set the license somebody has. */
const late = (accountId: string) => sql`late as (
  select distinct on (late_calls.user_id) late_calls.user_id, change_id, operator_id, operator_name, operator_role,
    request_id, batch_id
  from late_calls
    join page on page.id = late_calls.user_id and page.license = late_calls.license
  where late_calls.account_id = ${accountId} and arrived_at is null
  order by late_calls.user_id, late_calls.sent_at desc
)`;

/** Who was known and is different, before and after. */
function updated({ readAt, by, requestId }: Reading) {
  const takesLicense = sql`(users.read_at <= ${readAt} and explained.user_id is null)`;
  const hasOtherLicense = sql`(${takesLicense} and users.license is distinct from page.license)`;
  return sql`updated as (
    update users set
      email = page.email, name = page.name, user_type = page.user_type, registration = page.registration,
      invitation = page.invitation, registered_on = page.registered_on, invited_on = page.invited_on,
      search = page.search, sort_name = page.sort_name, sort_email = page.sort_email,
      email_key = page.email_key, sort_status = page.sort_status,
      license = case when ${takesLicense} then page.license else users.license end,
      sort_license = case when ${takesLicense} then page.sort_license else users.sort_license end,
      changed_at = case when ${hasOtherLicense} then clock_timestamp() else users.changed_at end,
      changed_by = case when ${hasOtherLicense} then late.operator_name else users.changed_by end,
      changed_by_id = case when ${hasOtherLicense} then late.operator_id else users.changed_by_id end,
      read_at = greatest(users.read_at, ${readAt}),
      cause = coalesce(case when ${hasOtherLicense} then late.change_id end, ${requestId}::uuid)
    from page join known on known.id = page.id left join explained on explained.user_id = page.id
      left join late on late.user_id = page.id
    where users.seq = known.seq
      and (${by !== 'listing'} or ${hasOtherLicense}
        or (users.email, users.name, users.user_type, users.registration, users.invitation, users.registered_on,
            users.invited_on, users.search)
          is distinct from (page.email, page.name, page.user_type, page.registration, page.invitation,
            page.registered_on, page.invited_on, page.search))
    returning new.id, coalesce(new.name, new.email, new.id) as person, new.email as address, old.read_at as known_at,
      old.license as was_license, new.license as is_license, old.sort_status as was_status, new.sort_status as is_status,
      old.name as was_name, new.name as is_name, old.email as was_email, new.email as is_email,
      (old.user_type, old.invitation, old.registration) is distinct from (new.user_type, new.invitation, new.registration)
        as has_other_type, new.changed_at
  )`;
}

/** A late call that has arrived is noted as such; a change of ours that it undid is not looked for any more. */
const arrived = (accountId: string) => sql`arrived as (
  update late_calls set arrived_at = updated.changed_at, replaced = was_license
  from updated join late on late.user_id = updated.id
  where late_calls.change_id = late.change_id and was_license is distinct from is_license
), overtaken as (
  update changes set confirmed_at = updated.changed_at
  from updated join late on late.user_id = updated.id
  where changes.account_id = ${accountId} and changes.user_id = updated.id and changes.state = 'applied'
    and changes.confirmed_at is null and was_license is distinct from is_license
)`;

/** Who was not known. */
const joined = ({ accountId, readAt, requestId }: Reading) => sql`joined as (
  insert into users (account_id, id, email, name, license, user_type, registration, invitation, registered_on,
                     invited_on, search, sort_name, sort_email, email_key, sort_license, sort_status, read_at, cause)
  select ${accountId}, id, email, name, license, user_type, registration, invitation, registered_on, invited_on,
         search, sort_name, sort_email, email_key, sort_license, sort_status, ${readAt}, ${requestId}::uuid
  from page where not exists (select from known where known.id = page.id)
  on conflict (account_id, id) do nothing
  returning id, coalesce(name, email, id) as person, email as address, license
)`;

/** Each fact that is different, before and after. */
const outside = sql`outside as (
  select id, person, address, fact, was, became, known_at
  from updated cross join lateral (values
    ('license', was_license, is_license), ('status', was_status, is_status), ('name', was_name, is_name),
    ('email', was_email, is_email)) facts (fact, was, became)
  where was is distinct from became
  union all
  select id, person, address, 'joined', null, license, null from joined
)`;

/** The change of ours whose call arrived late. */
type Late = Pick<NewFacts, 'changeId' | 'operatorId' | 'operatorName' | 'operatorRole' | 'requestId' | 'batchId'>;

/** Somebody who is different now; and what of it stands in the audit, a row for each fact. */
type Difference = { id: string; is_noted: boolean; late: Late | null } & Pick<
  NewFacts,
  'userName' | 'userEmail' | 'from' | 'to' | 'fact' | 'was' | 'became' | 'since'
>;

/** What a page of a listing says against what we know: who is as we know them, by number, and who is not. */
export type Comparison = { same: string[]; other: User[] };

/** Compares a page with the mirror; most pages of most listings bring no news, and are then written nowhere. */
export async function compareWithMirror(db: Executor, accountId: string, users: User[]): Promise<Comparison> {
  const { rows } = await sql<{ same: string[] | null; other: string[] | null }>`
    with page as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(users.map(factsOf))}::jsonb) as page (
        id text, email text, name text, license text, user_type text, registration text, invitation text,
        registered_on timestamptz, invited_on timestamptz)
    ), compared as (
      select page.id, known.seq,
        (known.email, known.name, known.license, known.user_type, known.registration, known.invitation,
         known.registered_on, known.invited_on)
        is not distinct from
        (page.email, page.name, page.license, page.user_type, page.registration, page.invitation, page.registered_on,
         page.invited_on) as is_same
      from page left join lateral (
        select * from users where account_id = ${accountId} and users.id = page.id offset 0
      ) known on true
    )
    select array_agg(seq) filter (where seq is not null and is_same) as same,
      array_agg(id) filter (where seq is null or not is_same) as other
    from compared`.execute(db);
  const other = new Set(rows[0]?.other);
  return { same: rows[0]?.same ?? [], other: users.filter(({ id }) => other.has(id)) };
}

function factsOf(user: User) {
  return {
    id: user.id,
    email: user.email,
    name: user.name,
    license: user.license,
    user_type: user.userType,
    registration: user.registration,
    invitation: user.invitation,
    registered_on: user.registeredOn,
    invited_on: user.invitedOn,
  };
}
