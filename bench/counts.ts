/**
 * The numbers beside the filters. Without a search they are kept at every write; the reference counts the people by license
 * and registration. With a search everybody whom it finds is counted; the reference is the plain grouping of the same.
 * Sizes are arguments: `npm run bench counts 10000 100000 1000000`.
 */
import { sql } from 'kysely';
import { compactCounts } from '../lib/counts/counts-store.ts';
import { showCounts } from '../lib/counts/show-counts.ts';
import { firstPage, noFacets, type UserFilter } from '../lib/search/filter.ts';
import { interleave, series, timed } from './tools/measure.ts';
import { type Mirror, sizesFromArguments, withMirror } from './tools/mirror.ts';
import { percentile, printGrowth, printWithin } from './tools/report.ts';

const goals = { allMs: 10, searchMs: 300 };

const kinds: { what: string; filter: UserFilter; maxMs: number }[] = [
  { what: 'everybody', filter: firstPage, maxMs: goals.allMs },
  { what: 'one license', filter: { ...firstPage, facets: { ...noFacets, license: ['Pro'] } }, maxMs: goals.allMs },
  { what: 'a search of few', filter: { ...firstPage, search: 'silva ana' }, maxMs: goals.searchMs },
  { what: 'a search of a third', filter: { ...firstPage, search: 'asia' }, maxMs: goals.searchMs },
];

export async function run(): Promise<void> {
  const p95ByKind = new Map<string, Map<number, number>>();
  for (const people of sizesFromArguments([10_000, 100_000])) {
    await withMirror(people, async (mirror) => {
      await changeSome(mirror);
      for (const { what, filter, maxMs } of kinds) {
        const p95 = await measure(mirror, `counts, ${what}`, filter, maxMs);
        p95ByKind.set(what, (p95ByKind.get(what) ?? new Map()).set(people, p95));
      }
    });
  }
  for (const [what, p95BySize] of p95ByKind) printGrowth(`counts, ${what}`, p95BySize);
}

async function measure({ db, accountId, people }: Mirror, what: string, filter: UserFilter, maxMs: number) {
  const pattern = filter.search.split(' ').map((word) => `%${word}%`);
  const ours = series(async () => (await timed(() => showCounts(db, accountId, filter))).time);
  const plain = series(async () => {
    const query = sql`
      select license, registration, count(*) from users
      where account_id = ${accountId} and search like all(${pattern}) group by 1, 2`;
    return (await timed(() => query.execute(db))).time;
  });
  await interleave([ours, plain], { warmUp: 5, rounds: 30 });
  printWithin(`${people.toLocaleString('en')} people, ${what}`, ours.times, plain.times, maxMs);
  return percentile(ours.times, 95);
}

/** One in a hundred had another plan in the last 60 days, one in ten of them outside Carillon. */
async function changeSome({ db, accountId }: Mirror): Promise<void> {
  await sql`
    update users set changed_at = now() - (seq % 60) * interval '1 day',
      changed_by = case when seq % 1000 >= 100 then 'Dana Reyes' end
    where account_id = ${accountId} and seq % 100 = 0`.execute(db);
  await sql`vacuum analyze users`.execute(db);
  await compactCounts(db);
}

if (import.meta.main) await run();
