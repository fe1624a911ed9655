import { sql } from 'kysely';
import type { BatchSource, RetryOf, Submitter, Trait } from '../batches/batch.ts';
import { traitColumns } from '../batches/store.ts';
import type { Executor } from '../db/database.ts';
import type { License } from '../licenses/license.ts';
import type { UnreadLine } from '../lists/list.ts';
import type { Complaint } from '../matching/complaint.ts';
import type { Match } from '../matching/match-person.ts';
import { type Candidate, type PersonRef, textOfRef, type Unclear } from '../matching/person-ref.ts';
import { resolvePeople } from '../search/resolve-people-store.ts';

/** A batch that is being put together. */
export type Draft = {
  id: string;
  accountId: string;
  to: License | null;
  reason: string | null;
  /** When everybody gets back what they have now. */
  end: { at: Date; zone: string } | null;
  source: BatchSource;
  /** What the account of its people knows: which plans, and whether a directory sets them. */
  supported: string[];
  isManaged: boolean;
};

/** Somebody who is asked for, on which line, with what of their own, and how that was written. */
export type Asked = {
  ref: PersonRef;
  line?: number | null;
  license?: License | null;
  reason?: string | null;
  written?: string;
};

/** Begins a batch that nobody has submitted. */
export async function createDraft(trx: Executor, draft: Draft, by: Submitter): Promise<void> {
  await sql`
    insert into batches (id, account_id, request_id, operator_id, operator_name, operator_role, operator_groups, source,
                         to_license, reason, end_at, end_zone)
    values (${draft.id}::uuid, ${draft.accountId}, ${by.requestId}::uuid, ${by.operatorId}, ${by.operatorName},
            ${by.operatorRole}, ${by.groups}, ${JSON.stringify(draft.source)}::jsonb, ${draft.to}, ${draft.reason},
            ${draft.end?.at ?? null}, ${draft.end?.zone ?? null})`.execute(trx);
}

type Text = ReturnType<typeof sql>;

const atOnce = 5_000;

/**
 * Adds to a draft the people that these lines mean, each in the group that the mirror puts them in, in the order given. Answers how many
 * lines there were. Where a line does not mean exactly one person, or two lines want different things for the same person,
 * nobody is changed: such lines are unclear until somebody chooses. A line that says the same again is counted and not added.
 */
export async function addAsked(trx: Executor, draft: Draft, asked: Asked[]): Promise<number> {
  const matches = await resolvePeople(
    trx,
    draft.accountId,
    asked.map(({ ref }) => ref),
  );
  const lines = matches.map((match, index) => lineFrom(draft, asked[index], match));
  const people = matches.flatMap((match) => (match.kind === 'found' ? [match.person] : []));
  await insertLines(trx, draft, withoutContradictions(lines, people));
  return asked.length;
}

/** Adds people by their user IDs as the mirror has them, each at most once. Answers how many there were. */
export async function addKnown(trx: Executor, draft: Draft, userIds: string[]): Promise<number> {
  const asked = userIds.map((userId): Line => ({ ...nothingSaid, userId, wanted: draft.to }));
  await insertLines(trx, draft, asked);
  return userIds.length;
}

/** Adds lines that are not used, because nobody or nothing can be read from them. Answers how many there were. */
export async function addUnreadable(trx: Executor, draft: Draft, lines: UnreadLine[]): Promise<number> {
  await insertLines(
    trx,
    draft,
    lines.map(({ line, text, complaints = null }) => ({
      ...nothingSaid,
      line,
      written: text,
      wanted: draft.to,
      isUnreadable: true,
      complaints,
    })),
  );
  return lines.length;
}

/** A line of a draft: the person it means, if that is known, and the plan wanted for them. */
type Line = {
  line: number | null;
  written: string | null;
  userId: string | null;
  wanted: string | null;
  reason: string | null;
  unclear: Unclear | null;
  isUnreadable: boolean;
  /** What is wrong with it, where it is unreadable and of a file. */
  complaints: Complaint[] | null;
};

const nothingSaid: Omit<Line, 'wanted'> = {
  line: null,
  written: null,
  userId: null,
  reason: null,
  unclear: null,
  isUnreadable: false,
  complaints: null,
};

/** The plan chosen for the batch comes before the one of the line. */
function lineFrom(draft: Draft, asked: Asked | undefined, match: Match): Line {
  return {
    ...nothingSaid,
    line: asked?.line ?? null,
    written: asked ? (asked.written ?? textOfRef(asked.ref)) : null,
    userId: match.kind === 'found' ? match.person.id : null,
    wanted: draft.to ?? asked?.license ?? null,
    reason: asked?.reason ?? null,
    unclear: match.kind === 'unclear' ? { cause: match.cause, candidates: match.candidates } : null,
  };
}

/** Lines that want different things for the same person are all unclear; of those that want the same, the first stays. */
function withoutContradictions(lines: Line[], people: Candidate[]): Line[] {
  const known = new Map(people.map((person) => [person.id, person]));
  const byPerson = Map.groupBy(lines, ({ userId }) => userId);
  return lines.flatMap((line) => {
    const person = line.userId === null ? undefined : known.get(line.userId);
    const same = byPerson.get(line.userId) ?? [];
    if (!person || same.length === 1) return [line];
    if (same.every(({ wanted }) => wanted === line.wanted)) return same[0] === line ? [line] : [];
    const others = same.flatMap((other) => (other === line || other.line === null ? [] : [other.line]));
    return [{ ...line, userId: null, unclear: { cause: 'two-wishes', candidates: [person], lines: others } }];
  });
}

async function insertLines(trx: Executor, draft: Draft, lines: Line[]): Promise<void> {
  for (let first = 0; first < lines.length; first += atOnce) {
    const some = JSON.stringify(lines.slice(first, first + atOnce).map((line, place) => ({ ...line, place })));
    await sql`
      with asked as (
        select * from jsonb_to_recordset(${some}::jsonb) as asked (
          place integer, line integer, written text, "userId" text, wanted text, reason text, unclear jsonb,
          "isUnreadable" boolean, complaints jsonb)
      ), found as (
        select asked.*, users.id, users.name, users.email, users.license as current, ${isDevice} as is_device,
          ${isInvited} as is_invited,
          case when nullif(unclear, 'null') is not null then 'unclear' when "isUnreadable" then 'unreadable'
            else ${partOf(draft, sql`users.license`, sql`wanted`, sql`users.id`)} end as part
        from asked left join users on users.account_id = ${draft.accountId} and users.id = asked."userId"
      )
      insert into batch_items (batch_id, position, part, line, asked, user_id, name, email, from_license, to_license,
                               reason, state, failure, unclear, complaints, is_device, is_invited)
      select ${draft.id}::uuid,
        coalesce((select max(position) from batch_items where batch_id = ${draft.id}::uuid), 0)
          + row_number() over (order by place),
        part, line, coalesce(written, case when id is null then "userId" end), id, name, email, current, wanted,
        found.reason, ${stateOf(sql`part`)}, ${failureOf(sql`part`)}, nullif(unclear, 'null'), nullif(complaints, 'null'),
        is_device, is_invited
      from found
      on conflict (batch_id, user_id) where user_id is not null do nothing`.execute(trx);
  }
}

/** A meeting room and the like, and somebody who has been invited and has not signed up. False where nobody is known. */
const isDevice = sql`coalesce(users.user_type = 'SharedDevice', false)`;
const isInvited = sql`coalesce(users.sort_status = 'invited', false)`;

const stateOf = (part: Text) => sql`case when ${part} = 'change' then 'waiting' end`;

const failureOf = (part: Text) => sql`
  case when ${part} = 'forbidden' then jsonb_build_object('code', 'unsupported-license', 'at', ${now}) end`;

const now = sql`to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/**
 * The group of somebody with a plan now and another wanted. Who is not there has no `id`. Where everybody gets back the plan
 * they have, a plan that the account cannot give is not taken away.
 */
function partOf({ supported, isManaged, end }: Draft, current: Text, wanted: Text, id: Text) {
  return sql<string>`case
    when ${id} is null then 'missing'
    when ${isManaged} then 'directory'
    when ${wanted} is null or not (${wanted} = any(${supported})) then 'forbidden'
    when ${wanted} = ${current} then 'same'
    when ${end !== null} and not coalesce(${current} = any(${supported}), false) then 'no-return'
    else 'change' end`;
}

/** Adds the people that a batch did not change, or those of them who are asked for, with the plan they were to have. */
export async function addRetried(
  trx: Executor,
  draft: Draft,
  { batchId, only }: { batchId: string; only?: RetryOf | undefined },
): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into batch_items (batch_id, position, part, line, asked, user_id, name, email, from_license, to_license, reason,
                             state, failure, undoes, is_device, is_invited)
    select ${draft.id}::uuid, row_number() over (order by position), part, line, asked, user_id, name, email, current,
      to_license, reason, ${stateOf(sql`part`)}, ${failureOf(sql`part`)}, undoes, is_device, is_invited
    from (
      select position, line, asked, items.user_id, coalesce(users.name, items.name) as name,
        coalesce(users.email, items.email) as email, users.license as current, items.to_license, items.reason, undoes,
        ${isDevice} as is_device, ${isInvited} as is_invited,
        ${partOf(draft, sql`users.license`, sql`items.to_license`, sql`users.id`)} as part
      from batch_items items left join users on users.account_id = ${draft.accountId} and users.id = items.user_id
      where items.batch_id = ${batchId}::uuid and items.part = 'change' and ${isRetried(only)}
    ) again`.execute(trx);
  return Number(numAffectedRows ?? 0);
}

const isRetried = (only: RetryOf | undefined) =>
  only === undefined
    ? sql`items.state <> 'changed'`
    : only === 'left'
      ? sql`items.state = 'waiting'`
      : sql`items.state = 'failed' and items.failure->>'code' = ${only}`;

/** Adds the people that a temporary batch left out because their plan could not be given back. */
export async function addWithoutReturn(trx: Executor, draft: Draft, batchId: string): Promise<number> {
  const { rows } = await sql<{ user_id: string; to_license: string | null }>`
    select user_id, to_license from batch_items
    where batch_id = ${batchId}::uuid and part = 'no-return' order by position`.execute(trx);
  const lines = rows.map(({ user_id: userId, to_license: wanted }): Line => ({ ...nothingSaid, userId, wanted }));
  await insertLines(trx, draft, lines);
  return lines.length;
}

/** Adds the people that a batch changed, to be given back what they had; one who was changed since is not allowed. */
export async function addUndone(trx: Executor, draft: Draft, batchId: string): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into batch_items (batch_id, position, part, user_id, name, email, from_license, to_license, state, failure, undoes,
                             is_device, is_invited)
    select ${draft.id}::uuid, row_number() over (order by position),
      case when part <> 'change' or is_untouched then part else 'forbidden' end, user_id, name, email, current, wanted,
      case when part = 'change' and is_untouched then 'waiting' end,
      case when part = 'forbidden' then jsonb_build_object('code', 'unsupported-license', 'at', ${now})
        when part = 'change' and not is_untouched
        then jsonb_build_object('code', 'conflict', 'at', ${now}, 'current', current, 'other',
          jsonb_strip_nulls(jsonb_build_object('name', changed_by, 'license', current, 'at', changed_at))) end,
      change_id, is_device, is_invited
    from (
      select position, items.user_id, coalesce(users.name, items.name) as name, coalesce(users.email, items.email) as email,
        users.license as current, items.from_license as wanted, items.change_id, users.changed_by, users.changed_at,
        ${isDevice} as is_device, ${isInvited} as is_invited,
        users.license = items.to_license and users.changed_at = changes.settled_at as is_untouched,
        ${partOf(draft, sql`users.license`, sql`items.from_license`, sql`users.id`)} as part
      from batch_items items join changes on changes.id = items.change_id
      left join users on users.account_id = ${draft.accountId} and users.id = items.user_id
      where items.batch_id = ${batchId}::uuid and items.state = 'changed'
    ) done`.execute(trx);
  await notePlanOfUndo(trx, draft.id);
  return Number(numAffectedRows ?? 0);
}

/** Where everybody of an undo gets the same plan back, that is the plan of the batch. */
async function notePlanOfUndo(trx: Executor, batchId: string): Promise<void> {
  await sql`
    update batches set to_license = (
      select case when count(distinct to_license) = 1 then min(to_license) end
      from batch_items where batch_id = ${batchId}::uuid and part = 'change')
    where id = ${batchId}::uuid`.execute(trx);
}

/** Takes people off those who are to be changed. */
export async function leaveOut(trx: Executor, batchId: string, positions: number[]): Promise<void> {
  await sql`
    update batch_items set part = 'left-out', state = null
    where batch_id = ${batchId}::uuid and position = any(${positions}) and part = 'change'`.execute(trx);
}

/** The same for all who are so. */
export async function leaveOutAll(trx: Executor, batchId: string, trait: Trait): Promise<void> {
  await sql`
    update batch_items set part = 'left-out', state = null
    where batch_id = ${batchId}::uuid and part = 'change' and ${sql.ref(traitColumns[trait])}`.execute(trx);
}

/** Puts people back who were left out. */
export async function putBack(trx: Executor, batchId: string, positions: number[]): Promise<void> {
  await sql`
    update batch_items set part = 'change', state = 'waiting'
    where batch_id = ${batchId}::uuid and position = any(${positions}) and part = 'left-out'`.execute(trx);
}

/**
 * Lets an unclear line mean one of those who may be meant. nobody: that person is not among them, or not in the account any
 * more. listed: they are on the list already, by another line.
 */
export async function chooseCandidate(
  trx: Executor,
  draft: Draft,
  { position, userId }: { position: number; userId: string },
): Promise<'done' | 'nobody' | 'listed'> {
  const listed = await trx
    .selectFrom('batch_items')
    .select('position')
    .where('batch_id', '=', draft.id)
    .where('user_id', '=', userId)
    .where('position', '<>', position)
    .executeTakeFirst();
  if (listed) return 'listed';
  const { numAffectedRows } = await sql`
    update batch_items items set user_id = chosen.id, name = chosen.name, email = chosen.email,
      from_license = chosen.license, part = chosen.part, state = ${stateOf(sql`chosen.part`)},
      failure = ${failureOf(sql`chosen.part`)}, is_device = chosen.is_device, is_invited = chosen.is_invited
    from (
      select position, users.id, users.name, users.email, users.license, ${isDevice} as is_device,
        ${isInvited} as is_invited, ${partOf(draft, sql`users.license`, sql`to_license`, sql`users.id`)} as part
      from batch_items join users on users.account_id = ${draft.accountId} and users.id = ${userId}
      where batch_id = ${draft.id}::uuid and position = ${position}
        and unclear->'candidates' @> jsonb_build_array(jsonb_build_object('id', ${userId}::text))
    ) chosen
    where items.batch_id = ${draft.id}::uuid and items.position = chosen.position`.execute(trx);
  return numAffectedRows === 1n ? 'done' : 'nobody';
}

/** Makes a line unclear again for which somebody was chosen. */
export async function unchoose(trx: Executor, batchId: string, position: number): Promise<void> {
  await sql`
    update batch_items set part = 'unclear', user_id = null, name = null, email = null, from_license = null, state = null,
      failure = null, is_device = false, is_invited = false
    where batch_id = ${batchId}::uuid and position = ${position} and unclear is not null`.execute(trx);
}

/** Notes how many people were asked for, also those who are not on the list. */
export async function noteAsked(trx: Executor, batchId: string, people: number): Promise<void> {
  await sql`update batches set people = ${people} where id = ${batchId}::uuid`.execute(trx);
}

/** Ends the putting together, or a correction: how many are to be changed, and the fingerprint of exactly that list. */
export async function sealDraft(trx: Executor, batchId: string): Promise<void> {
  await sql`
    update batches set total = wanted.total,
      fingerprint = encode(sha256(convert_to(wanted.list || jsonb_build_array(account_id, reason,
        to_char(end_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))::text, 'UTF8')), 'hex')
    from (
      select count(*)::integer as total, coalesce(string_agg(
        jsonb_build_array(user_id, from_license, to_license, reason)::text, E'\n' order by position), '') as list
      from batch_items where batch_id = ${batchId}::uuid and part = 'change'
    ) wanted
    where id = ${batchId}::uuid`.execute(trx);
}
