import { readAuditKeys } from '../audit/keys.ts';
import { readAccessFile } from '../auth/access-file.ts';
import { readSettings, type Settings } from '../env.ts';
import { type Environment, environment } from '../secrets/environment.ts';

/**
 * All that can be found wrong with the settings, and with the file they name, before anything runs. Throws one clear line.
 */
export function checkSettings(source: Environment = environment()): Settings {
  const settings = readSettings(source);
  readAuditKeys(source);
  if (settings.ACCESS_FILE !== undefined) readAccessFile(settings.ACCESS_FILE);
  return settings;
}

/** The same for a program of its own, which ends with that line when something is wrong. */
export function settingsOrExit(): Settings {
  try {
    return checkSettings();
  } catch (error) {
    exitWith(error);
  }
}

/** Ends the program with the one line of an error. */
export function exitWith(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}
