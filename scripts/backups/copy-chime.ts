import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { BackupRefused, chimeFile } from '../../lib/backups/backup.ts';
import { ChimeControl } from '../../local-chime/faults/control-client.ts';
import { readKeys } from '../checks/keys.ts';
import { leftSettings } from '../left-settings.ts';

/** A way to copy the people of an installation's Local Chime into a new file; undefined where it has none. */
export const copyChimeOf = (home: string): ((to: string) => Promise<void>) | undefined =>
  existsSync(join(home, chimeFile)) ? (to) => copyChime(home, to) : undefined;

/** Local Chime alone may open its file while it runs, and then copies it itself. */
async function copyChime(home: string, to: string): Promise<void> {
  const token = readKeys(join(home, 'keys.env')).LOCAL_CHIME_CONTROL_TOKEN ?? '';
  const port = process.env.CHIME_CONTROL_PORT || leftSettings(home).CHIME_CONTROL_PORT || '4621';
  const control = new ChimeControl(`http://127.0.0.1:${port}`, token);
  const runs = await control.health().then(
    () => true,
    () => false,
  );
  try {
    if (runs) await control.copyTo(to);
    else copyFile(join(home, chimeFile), to);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new BackupRefused(`Local Chime's people could not be copied: ${said}`, { cause: error });
  }
}

function copyFile(from: string, to: string): void {
  const database = new DatabaseSync(from);
  try {
    database.prepare('VACUUM INTO ?').run(to);
  } finally {
    database.close();
  }
}
