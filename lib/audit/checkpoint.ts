import { createHmac, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import type { AuditKey } from './chain.ts';

/** How far the log had come at a moment, kept where somebody who can edit the database cannot. */
export type Checkpoint = { at: string; sequence: string; hmac: string; keyId: string; seal: string };

const shape = z.strictObject({
  at: z.string(),
  sequence: z.string().regex(/^[1-9]\d{0,18}$/),
  hmac: z.string(),
  keyId: z.string(),
  seal: z.string(),
});

type Facts = Omit<Checkpoint, 'seal' | 'keyId'>;

function sealOf({ at, sequence, hmac }: Facts, { id, key }: AuditKey): string {
  const text = JSON.stringify(['carillon-checkpoint', 1, id, at, sequence, hmac]);
  return createHmac('sha256', key).update(text).digest('base64url');
}

/** A checkpoint as one line of its file, with its line feed. */
export function checkpointLine({ at, sequence, hmac }: Facts, key: AuditKey): string {
  return `${JSON.stringify({ at, sequence, hmac, keyId: key.id, seal: sealOf({ at, sequence, hmac }, key) })}\n`;
}

/** What is wrong with a line: cut short as it was written, not what its seal says, or sealed with a key that was not given. */
export type BadLine = 'torn' | 'forged' | 'unknown-key';

/** The checkpoint on a line of the file, or what is wrong with it. */
export function checkpointFrom(line: string, keys: ReadonlyMap<string, KeyObject>): Checkpoint | BadLine {
  const found = shape.safeParse(jsonFrom(line));
  if (!found.success) return line.endsWith('}') ? 'forged' : 'torn';
  const { data } = found;
  const key = keys.get(data.keyId);
  if (!key) return 'unknown-key';
  return sealOf(data, { id: data.keyId, key }) === data.seal ? data : 'forged';
}

function jsonFrom(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
