import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openDatabase } from '../lib/db/database.ts';
import { migrate } from '../lib/migrate.ts';
import { type EmbeddedServer, startEmbedded } from '../scripts/processes/embedded.ts';

/** A server as `npm start` has it, whose data survive a crash and can be copied: the servers of other tests keep no log. */
export type WholeServer = { folder: string; server: EmbeddedServer; db: Database; remove(): Promise<void> };

/** Starts one with its data in `postgres` of a folder that everything of a test may use. */
export async function startWholeServer(): Promise<WholeServer> {
  const folder = await mkdtemp(join(tmpdir(), 'carillon-backups-'));
  await chmod(folder, 0o711); // PostgreSQL's own user passes through, where tests run as root
  const server = await startEmbedded({ dataDir: join(folder, 'postgres') });
  await migrate(server.url);
  const db = openDatabase(server.url);
  return {
    folder,
    server,
    db,
    async remove() {
      await db.destroy();
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
