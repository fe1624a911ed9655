import { sql } from 'kysely';
import type { Database } from '../../lib/db/database.ts';
import { memoryOf } from './inspect.ts';
import type { Place } from './programs.ts';

/** Named sizes in bytes at one moment. */
type Sample = Map<string, number>;

/** What is kept of everything that was done, and grows with it: the audit, changes, batches, and steps of the counts. */
const history =
  /^(audit_entries|changes|batches|batch_items|batch_chunks|movements|movement_.*|m\d+_\d+|sessions|hand_changes|days.*)$/;

/** More than this, and what does not grow with history grows all the same. */
const mostPercent = 110;

export async function takeSample(db: Database, places: Record<string, Place | undefined>): Promise<Sample> {
  const sample: Sample = new Map();
  for (const [name, place] of Object.entries(places)) {
    if (!place) continue;
    const { resident, heap } = await memoryOf(place.pid(), place.inspectorPort);
    sample.set(`memory of ${name}`, resident).set(`heap of ${name}`, heap);
  }
  const { rows } = await sql<{ name: string; size: number }>`
    select relname as name, pg_total_relation_size(oid)::float8 as size from pg_class
    where relkind in ('r', 'm') and relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
      and relnamespace::regnamespace::text not like 'pg_toast%'`.execute(db);
  for (const { name, size } of rows) sample.set(`${history.test(name) ? 'history' : 'table'} ${name}`, size);
  return sample;
}

/** Compares the middle one of the first quarter with the middle one of the last. Tables below a megabyte are not told of. */
export function tellGrowth(samples: Sample[]): { text: string; isSteady: boolean } {
  const quarter = Math.max(1, Math.floor(samples.length / 4));
  const lines: string[] = [];
  let isSteady = true;
  for (const name of samples.at(-1)?.keys() ?? []) {
    const first = middle(samples.slice(0, quarter), name);
    const last = middle(samples.slice(-quarter), name);
    if (!/^(memory|heap)/.test(name) && last < 2 ** 20) continue;
    const percent = (last / first) * 100;
    if (/^(heap|table)/.test(name) && percent > mostPercent) isSteady = false;
    lines.push(`  ${name.padEnd(36)} ${megabytes(first)} ${megabytes(last)} ${percent.toFixed().padStart(6)} %`);
  }
  return { text: `${''.padEnd(38)} first quarter  last quarter\n${lines.sort().join('\n')}`, isSteady };
}

function middle(samples: Sample[], name: string): number {
  const sizes = samples.map((sample) => sample.get(name) ?? 0).sort((one, other) => one - other);
  return sizes[Math.floor(sizes.length / 2)] ?? 0;
}

const megabytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(1).padStart(9)} MB`;
