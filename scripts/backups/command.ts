import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { BackupRefused } from '../../lib/backups/backup.ts';
import { isDatabaseAway } from '../../lib/db/database.ts';
import { root } from '../bootstrap.mjs';
import { leftSettings } from '../left-settings.ts';

/** What the commands of backups have in common. */

export const home = resolve(root, process.env.CARILLON_HOME || '.carillon');

/** The release of Carillon that this is. */
export function release(): string {
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))).version;
}

/** npm runs commands in the folder of the sources; a folder is named as seen from where npm was called. */
export const fromCaller = (path: string) => resolve(process.env.INIT_CWD ?? process.cwd(), path);

/** The file in which the workers of this installation note how far the audit has come. */
export const checkpointsHere = (): string =>
  process.env.AUDIT_CHECKPOINTS || leftSettings(home).AUDIT_CHECKPOINTS || join(home, 'audit-checkpoints.jsonl');

/** What is told of an error, on one line where its cause is known. */
export function lineOf(error: unknown): string {
  if (isDatabaseAway(error)) return `The database cannot be reached: ${messageOf(error)}`;
  if (error instanceof BackupRefused || !(error instanceof Error)) return messageOf(error);
  const isClosed = 'code' in error && error.code === 'EACCES';
  return isClosed ? `${error.message}: run it as the user who starts Carillon` : error.message;
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
