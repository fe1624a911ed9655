import { spawnSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { openDatabase } from '../lib/db/database.ts';
import { migrate } from '../lib/migrate.ts';
import { type EmbeddedServer, startEmbedded } from '../scripts/processes/embedded.ts';
import { freePort } from '../scripts/processes/ports.ts';
import { until } from './desk.ts';
import { fastFolder, runSql } from './postgres.ts';

/**
 * A primary, made ready by `prepare`, and its synchronous standby, as two machines would have them, made as docs/operating.md says; only that the
 * standby begins as a copy of the primary's folder, since `pg_basebackup` does not come along.
 */
export async function startTwoServers(prepare: (url: string) => Promise<void> = migrate) {
  const folder = await mkdtemp(join(await fastFolder(), 'carillon-two-'));
  chmodSync(folder, 0o711);
  const [first, second] = [join(folder, 'first'), join(folder, 'second')];
  const ports = [await freePort(), await freePort()] as const;

  const alone = await startEmbedded({ dataDir: first, port: ports[0] });
  await prepare(alone.url);
  const place = alone.dataDir;
  await alone.stop();
  const copied = spawnSync('cp', ['-a', place, second]);
  if (copied.status !== 0) throw new Error(`The data could not be copied: ${copied.stderr}`);
  writeFileSync(join(second, 'cluster', 'standby.signal'), '');

  const small = { shared_buffers: '32MB' };
  const primary = await startEmbedded({ dataDir: first, port: ports[0], settings: small });
  const { username, password } = new URL(primary.url);
  await runSql(primary.url, "create role standby login replication password 'of-the-standby'");
  const source = `host=127.0.0.1 port=${ports[0]} user=standby password=of-the-standby application_name=db2`;
  const standby = await startEmbedded({
    dataDir: second,
    port: ports[1],
    settings: { ...small, primary_conninfo: source },
  });

  await runSql(primary.url, "alter system set synchronous_standby_names = 'db2'");
  await runSql(primary.url, 'select pg_reload_conf()');
  await untilInSync(primary.url);

  const hosts = new URL(primary.url);
  const running = new Set<EmbeddedServer>([primary, standby]);
  return {
    primary,
    standby,
    /** Both hosts in one address; another `name` is an address that this process has not used yet. */
    url: (name = 'carillon') =>
      `postgresql://${username}:${password}@127.0.0.1:${ports[0]},127.0.0.1:${ports[1]}${hosts.pathname}?application_name=${name}`,
    /** The primary and all its processes at once, as when its machine loses power. */
    killPrimary() {
      for (const pid of [primary.pid, ...childrenOf(primary.pid)]) process.kill(pid, 'SIGKILL');
      running.delete(primary);
      return primary.ended;
    },
    promote: () => runSql(standby.url, 'select pg_promote()'),
    /** The old primary as it was, which does not know that there is another. */
    async startOldPrimary() {
      const old = await startEmbedded({ dataDir: first, port: ports[0], settings: small });
      running.add(old);
      return old;
    },
    async stop() {
      for (const server of running) await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function untilInSync(url: string) {
  const db = openDatabase(url, 1);
  await until(async () => {
    const { rows } =
      await sql`select from pg_stat_replication where application_name = 'db2' and sync_state = 'sync'`.execute(db);
    return rows.length > 0;
  });
  await db.destroy();
}

export function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const [, fields = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
        return Number(fields.split(' ')[1]) === parent;
      } catch {
        return false; // it has ended meanwhile
      }
    });
}
