/**
 * Reads of counts over time: 13 months of the example history, and two more steps for each person, there and back; and 49 further
 * accounts with a fiftieth of it each. Each stands beside one plain query of the steps, which goes back from the counts of now. Sizes are
 * arguments: `npm run bench trend 1000000`.
 */
import { type RawBuilder, sql } from 'kysely';
import { compareMoments } from '../lib/trend/comparison/compare-moments.ts';
import { closeDays } from '../lib/trend/ledger/close-days-store.ts';
import { makeExampleHistory } from '../lib/trend/ledger/example-history-store.ts';
import { peopleOfStep } from '../lib/trend/moved/list-moved.ts';
import { trendSeries } from '../lib/trend/show-trend.ts';
import { interleave, series, timed } from './tools/measure.ts';
import { type Mirror, sizesFromArguments, withMirror } from './tools/mirror.ts';
import { printNote, printWithin } from './tools/report.ts';

const dayMs = 86_400_000;
const otherAccounts = 49;

export async function run(): Promise<void> {
  for (const people of sizesFromArguments([10_000, 100_000])) {
    await withMirror(people, async (mirror) => {
      await makeHistory(mirror);
      await measure(mirror);
    });
  }
}

async function makeHistory(mirror: Mirror): Promise<void> {
  const { db, accountId } = mirror;
  await sql`insert into count_ledgers (account_id, known_from) values (${accountId}, clock_timestamp())`.execute(db);
  await sql`
    insert into coverage (account_id, seen_from, seen_until) values (${accountId}, clock_timestamp(), clock_timestamp())`.execute(
    db,
  );
  await makeExampleHistory(db, accountId);
  await sql`
    insert into movements (account_id, at, user_id, kind, from_license, to_license, cause, by)
    select account_id, known_from + (made_up_until - known_from) * (share + 0.02 * is_back), users.id, 'moved',
      case is_back when 1 then 'Trial' else license end, case is_back when 1 then license else 'Trial' end,
      gen_random_uuid(), case when share < 0.7 then 'dana' end
    from (select *, (seq % 9973) / 9973.0 * 0.97 as share from users) users join count_ledgers using (account_id),
      generate_series(0, 1) as is_back`.execute(db);
  await addAccounts(mirror);
  await sql`vacuum analyze movements, users`.execute(db);
  const { time } = await timed(() => closeDays(db, 'UTC'));
  const { rows } = await sql<{ steps: string }>`select count(*) as steps from movements`.execute(db);
  printNote(`${Number(rows[0]?.steps).toLocaleString('en')} steps, whose days were closed in ${Math.round(time)} ms`);
}

/** Others that are known as long; every one of them has some people of the first, with their steps. */
async function addAccounts({ db, accountId }: Mirror): Promise<void> {
  const others = sql`(select generate_series(1, ${otherAccounts}::integer) as number) others`;
  const id = sql`${accountId} || '-' || number`;
  await sql`insert into accounts (id, name, complete_as_of) select ${id}, 'Account ' || number, now() from ${others}`.execute(
    db,
  );
  const isTheirs = (user: RawBuilder<unknown>) => sql`abs(hashtext(${user})) % ${otherAccounts + 1} = number`;
  await sql`
    insert into users (account_id, id, license, registration, invitation, user_type, search, sort_name, sort_email, sort_license,
      sort_status, read_at)
    select ${id}, users.id, license, registration, invitation, user_type, search, sort_name, sort_email, sort_license,
      sort_status, read_at
    from users join ${others} on ${isTheirs(sql`users.id`)} where account_id = ${accountId}`.execute(db);
  await sql`
    insert into count_ledgers (account_id, known_from, made_up_until)
    select ${id}, known_from, made_up_until from count_ledgers, ${others} where account_id = ${accountId}`.execute(db);
  await sql`
    insert into coverage (account_id, seen_from, seen_until, unseen_because)
    select ${id}, seen_from, seen_until, unseen_because from coverage, ${others} where account_id = ${accountId}`.execute(
    db,
  );
  await sql`
    insert into movements (account_id, at, user_id, kind, from_license, to_license, from_status, to_status, cause, by)
    select ${id}, at, movements.user_id, kind, from_license, to_license, from_status, to_status, cause, by
    from movements join ${others} on ${isTheirs(sql`movements.user_id`)}
    where account_id = ${accountId}`.execute(db);
}

async function measure(mirror: Mirror): Promise<void> {
  const { db, accountId, people } = mirror;
  const to = new Date();
  const year = { accountIds: [accountId], from: new Date(to.getTime() - 395 * dayMs), to };
  const month = { ...year, from: new Date(to.getTime() - 31 * dayMs) };
  const all = [accountId, ...Array.from({ length: otherAccounts }, (_, index) => `${accountId}-${index + 1}`)];
  const stepsByDay = (ids: string[]) => sql`
    select account_id, at::date, from_license, to_license, count(*) from movements
    where account_id = any(${ids}) and at >= ${year.from} group by 1, 2, 3, 4`;
  const stepsOf = (from: Date) => sql`
    select from_license, to_license, count(*) from movements where account_id = ${accountId} and at >= ${from} group by 1, 2`;
  const firstSteps = sql`
    select * from movements where account_id = ${accountId} and at >= ${month.from} order by at, seq limit 50`;
  const reads = [
    {
      what: 'a chart of 13 months',
      ours: () => trendSeries(db, year, 'UTC'),
      plain: stepsByDay([accountId]),
      maxMs: 20,
    },
    {
      what: `the same of ${all.length} accounts`,
      ours: () => trendSeries(db, { ...year, accountIds: all }, 'UTC'),
      plain: stepsByDay(all),
      maxMs: 60,
    },
    { what: '31 days compared', ours: () => compareMoments(db, month, 'UTC'), plain: stepsOf(month.from), maxMs: 300 },
    {
      what: '13 months compared',
      ours: () => compareMoments(db, year, 'UTC'),
      plain: stepsOf(year.from),
      maxMs: 2_000,
    },
    { what: "a page of a step's people", ours: () => peopleOfStep(db, month, {}), plain: firstSteps, maxMs: 20 },
  ];
  for (const { what, ours, plain, maxMs } of reads) {
    const own = series(async () => (await timed<unknown>(ours)).time);
    const reference = series(async () => (await timed(() => plain.execute(db))).time);
    await interleave([own, reference], { warmUp: 2, rounds: 10 });
    printWithin(`${people.toLocaleString('en')} people, ${what}`, own.times, reference.times, maxMs);
  }
}

if (import.meta.main) await run();
