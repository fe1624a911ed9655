import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Database } from '../db/database.ts';
import { type Checkpoint, checkpointFrom, checkpointLine } from './checkpoint.ts';
import { type AuditKeys, auditKeys } from './keys.ts';
import { readEnd, sealAt } from './ledger.ts';

/** The log does not go on from what it was: it was cut or written anew since the last checkpoint. */
export class AuditBroken extends Error {
  override name = 'AuditBroken';
  readonly forLog: string;
  constructor(sequence: string) {
    super(`Entry ${sequence} of the audit is not the one that the last checkpoint has seen`);
    this.forLog = this.message;
  }
}

/**
 * Writes down outside the database how far the log has come, when it has come any farther, and does not return before the disk
 * has it. Throws when the log is not the one of the last checkpoint any more, after having noted what it is now.
 */
export async function keepCheckpoint(db: Database, file: string, keys: AuditKeys = auditKeys()): Promise<void> {
  const end = await readEnd(db);
  // What is sealed with another key than ours is not ours to vouch for.
  if (end.keyId !== keys.current.id) return;
  const last = lastOf(await readFile(file, 'utf8').catch(() => ''), keys);
  if (last?.sequence === end.sequence && last.hmac === end.hmac) return;
  await append(file, checkpointLine(end, keys.current));
  if (last && (await sealAt(db, last.sequence)) !== last.hmac) throw new AuditBroken(last.sequence);
}

function lastOf(text: string, { current, previous }: AuditKeys): Checkpoint | undefined {
  const known = new Map([current, previous].flatMap((one) => (one ? [[one.id, one.key] as const] : [])));
  for (const line of text.trimEnd().split('\n').reverse()) {
    const mark = checkpointFrom(line, known);
    if (typeof mark !== 'string') return mark;
  }
  return undefined;
}

async function append(file: string, line: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const handle = await open(file, 'a+', 0o600);
  try {
    const { size } = await handle.stat();
    const end = size > 0 ? await handle.read(Buffer.alloc(1), 0, 1, size - 1) : undefined;
    const isTorn = end !== undefined && end.buffer[0] !== 10; // a crash in the middle of a line
    await handle.write(isTorn ? `\n${line}` : line);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Where the checkpoints of this process go. */
export function checkpointsFile({ AUDIT_CHECKPOINTS, CARILLON_HOME } = process.env): string {
  return AUDIT_CHECKPOINTS || join(CARILLON_HOME || '.carillon', 'audit-checkpoints.jsonl');
}
