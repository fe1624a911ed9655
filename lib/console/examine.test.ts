import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { anaTo, type Desk, withDesk } from '../../testing/desk.ts';
import { openCheckpoints } from '../audit/keep-checkpoints.ts';
import { noteSuccess } from '../backups/store.ts';
import { openDatabase } from '../db/database.ts';
import { readSettings } from '../env.ts';
import { beat } from '../events/heartbeat-store.ts';
import { markRestored } from '../restores/store.ts';
import { examine } from './examine.ts';

const settingsOf = (desk: Desk) =>
  readSettings({
    DATABASE_URL: desk.databaseUrl,
    CHIME_ENDPOINT: desk.chimeService.endpoint,
    NEXTAUTH_SECRET: 'only-for-this-test-and-long-enough-for-it',
  });

/** A desk in good order: a worker is there, the checkpoints are kept, a backup was taken. */
async function withGoodOrder(run: (desk: Desk, file: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'carillon-doctor-'));
  await withDesk(async (desk) => {
    const file = join(folder, 'checkpoints.jsonl');
    await desk.change([anaTo('Pro')]);
    await openCheckpoints(file)(desk.db);
    await beat(desk.db, '00000000-0000-4000-8000-000000000000');
    await noteSuccess(desk.db, '/backups/today');
    await run(desk, file);
  });
  await rm(folder, { recursive: true });
}

/** The disk of a machine that runs tests may be nearly full. */
const wrong = async (desk: Desk, file: string) =>
  (await examine({ ...desk.deps, settings: settingsOf(desk) }, file))
    .filter(({ what, isWell }) => !isWell && what !== 'Disk')
    .map(({ what, says }) => `${what}: ${says}`);

test('in good order nothing is wrong, and nobody was changed by looking', () =>
  withGoodOrder(async (desk, file) => {
    const written = (await desk.control.journal()).length;

    expect(await wrong(desk, file)).toEqual([]);

    expect((await desk.control.journal()).length).toBe(written);
  }));

test('each thing that is not well is one line that says what to do', () =>
  withGoodOrder(async (desk, file) => {
    const { db } = desk;
    await desk.control.failNext('GetUser', 'ForbiddenException', { status: 403, count: 0 });
    await writeFile(file, 'half');
    await db.deleteFrom('workers').execute();
    await db
      .updateTable('backups')
      .set({ succeeded_at: new Date(Date.now() - 72 * 3_600_000) })
      .execute();
    await markRestored(db, 'console');

    expect(await wrong(desk, file)).toEqual([
      expect.stringMatching(/^Restore: the database was restored from a backup: .*accept-restore/),
      expect.stringMatching(/^Workers: none seen .* start npm run worker$/),
      expect.stringMatching(/^Rights in Chime: GetUser is refused: .* allow it in their policy$/),
      expect.stringMatching(/^Checkpoints: the last line of .* is not what was written/),
      expect.stringMatching(/^Backup: the last one 72 hours ago, in \/backups\/today: take one/),
    ]);
  }));

test('a database or a Chime that is away is said with the setting to check, and what can be known without it is said too', () =>
  withGoodOrder(async (desk, file) => {
    const settings = { ...settingsOf(desk), CHIME_ENDPOINT: 'http://127.0.0.1:1' };
    const findings = await examine({ ...desk.deps, settings }, file);
    expect(findings.find(({ what }) => what === 'Clock of Chime')?.says).toMatch(/does not answer .* CHIME_ENDPOINT$/);

    const away = openDatabase('postgresql://127.0.0.1:1/none', 1);
    const still = await examine({ chime: desk.chime, db: away, settings }, file);
    expect(still.map(({ what, isWell, says }) => `${what}: ${isWell ? 'ok' : 'WRONG'} ${says}`)).toEqual([
      'Settings: ok understood; http://localhost:3000',
      expect.stringMatching(/^Database: WRONG cannot be reached .*: is it running\? Check DATABASE_URL$/),
      expect.stringMatching(/^Keys: ok the audit's is [0-9a-f]{16}$/),
      expect.stringMatching(/^Disk: \w+ [\d.]+ GB are free in /),
      expect.stringMatching(/^Clock of Chime: WRONG Chime does not answer .* CHIME_ENDPOINT$/),
      expect.stringMatching(/^Rights in Chime: ok all that read/),
      expect.stringMatching(/^Checkpoints: ok up to entry 1, noted 0 minutes ago; not compared with the audit$/),
    ]);
    await away.destroy();
  }));
