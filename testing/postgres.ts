import { chmod, mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate } from '../lib/migrate.ts';
import { type EmbeddedServer, startEmbedded } from '../scripts/processes/embedded.ts';
import { startPooler } from './pooler.ts';

export const template = 'carillon_template';

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string;
    /** The same by way of PgBouncer, with `BEHIND_POOLER=1`. */
    poolerUrl: string | undefined;
  }
}

/** Vitest's global setup: one real server for the whole run, with a migrated database that each test's own is cloned from. */
export default async function setup(project: TestProject) {
  const server = await startTestServer();
  project.provide('postgresUrl', server.url);
  const { username, password } = new URL(server.url);
  const pooler = process.env.BEHIND_POOLER ? await startPooler(server.url, [{ name: username, password }]) : undefined;
  project.provide('poolerUrl', pooler?.through(server.url));
  return async () => {
    await pooler?.stop();
    await server.remove();
  };
}

export type TestServer = EmbeddedServer & { remove(): Promise<void> };

export async function startTestServer(): Promise<TestServer> {
  const dataDir = await mkdtemp(join(await fastFolder(), 'carillon-postgres-'));
  await chmod(dataDir, 0o711);
  const server = await startEmbedded({ dataDir, fast: true });
  const remove = async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    await runSql(server.url, `create database ${template}`);
    await migrate(databaseUrl(server.url, template));
  } catch (error) {
    await remove();
    throw error;
  }
  return { ...server, remove };
}

const memory = '/dev/shm';

/** Memory where Linux has enough of it: hundreds of databases come and go in a run. */
export async function fastFolder(): Promise<string> {
  const { bavail, bsize } = await statfs(memory).catch(() => ({ bavail: 0, bsize: 0 }));
  return bavail * bsize > 4 * 1024 ** 3 ? memory : tmpdir();
}

export function databaseUrl(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}

export async function runSql(url: string, sql: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
