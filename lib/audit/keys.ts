import { createHmac, createSecretKey } from 'node:crypto';
import { type Environment, environment } from '../secrets/environment.ts';
import type { AuditKey } from './chain.ts';

/** The key that seals, and the one that did so before it, if it has been changed. */
export type AuditKeys = { current: AuditKey; previous: AuditKey | undefined };

/** Bytes a key has at least. */
export const shortestKey = 32;

/** A key with the ID by which entries name it; the ID tells nothing of the key. */
export function auditKeyFrom(text: string): AuditKey {
  const key = createSecretKey(Buffer.from(text, 'utf8'));
  return { id: createHmac('sha256', key).update('carillon-audit-key').digest('hex').slice(0, 16), key };
}

/** The keys of this process's settings. Throws the one clear line of a bad setting. */
export function readAuditKeys(source: Environment = environment()): AuditKeys {
  const { AUDIT_KEY, AUDIT_KEY_PREVIOUS } = source;
  if (!AUDIT_KEY) throw new Error('Bad settings: AUDIT_KEY: is missing');
  for (const [name, key] of Object.entries({ AUDIT_KEY, AUDIT_KEY_PREVIOUS })) {
    if (key && Buffer.byteLength(key) < shortestKey) {
      throw new Error(`Bad settings: ${name}: must have at least ${shortestKey} bytes`);
    }
  }
  return {
    current: auditKeyFrom(AUDIT_KEY),
    previous: AUDIT_KEY_PREVIOUS ? auditKeyFrom(AUDIT_KEY_PREVIOUS) : undefined,
  };
}

let own: AuditKeys | undefined;

/** This process's own keys, read at the first call. */
export function auditKeys(): AuditKeys {
  own ??= readAuditKeys();
  return own;
}
