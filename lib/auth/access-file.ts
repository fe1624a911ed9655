import { readFileSync, statSync } from 'node:fs';
import { log } from '../log/log.ts';
import { type AccessRules, BadAccessRules, readAccessRules } from './access.ts';

/** Reads and checks an access file. Throws one clear line that names the file, and each mistake by line and path. */
export function readAccessFile(path: string): AccessRules {
  try {
    return readAccessRules(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new Error(`ACCESS_FILE ${path}: ${whatIsWrong(cause)}`, { cause });
  }
}

function whatIsWrong(error: unknown): string {
  if (error instanceof BadAccessRules) return error.message;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' ? 'there is no such file' : `cannot be read (${code ?? 'unknown error'})`;
}

/** Within this time of its last edit a file may be edited again without looking any different from outside. */
const racyMs = 2_000;

/**
 * The rules of an access file as they are now: every call looks at the file, and reads it again when it has changed. A file that
 * is broken or gone changes nothing: the last good rules stay, and the log says why.
 */
export function followAccessFile(path: string): () => AccessRules {
  let rules = readAccessFile(path);
  let seen: string | undefined;
  let toldOf: string | undefined;

  return () => {
    const look = lookOf(path);
    if (look.signature === seen) return rules;
    try {
      rules = readAccessFile(path);
      if (toldOf !== undefined) log.info('The access file is valid again');
      toldOf = undefined;
    } catch (error) {
      const complaint = error instanceof Error ? error.message : String(error);
      if (complaint !== toldOf) log.error({ complaint }, 'The access file is broken: the previous rules stay in force');
      toldOf = complaint;
    }
    seen = Date.now() - look.changedAt > racyMs ? look.signature : undefined;
    return rules;
  };
}

function lookOf(path: string): { signature: string; changedAt: number } {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  if (!stat) return { signature: 'gone', changedAt: 0 };
  const { ino, size, mtimeNs, ctimeNs, mtimeMs, ctimeMs } = stat;
  return {
    signature: [ino, size, mtimeNs, ctimeNs].join(),
    changedAt: Math.max(Number(mtimeMs), Number(ctimeMs)),
  };
}
