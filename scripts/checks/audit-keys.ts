import type { KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { auditKeyFrom, shortestKey } from '../../lib/audit/keys.ts';
import { environment } from '../../lib/secrets/environment.ts';
import { readKeys } from './keys.ts';

/**
 * The audit's keys by their IDs, from the environment variables of these names, or from what `npm start` has made here; the one in use
 * first. Throws for a name without a key.
 */
export function auditKeysHere(named?: string[]): Map<string, KeyObject> {
  const settings = { ...readKeys(join(process.env.CARILLON_HOME || '.carillon', 'keys.env')), ...environment() };
  const names = named ?? ['AUDIT_KEY', ...(settings.AUDIT_KEY_PREVIOUS ? ['AUDIT_KEY_PREVIOUS'] : [])];
  const keys = names.map((name) => {
    const text = settings[name] ?? '';
    if (Buffer.byteLength(text) < shortestKey) throw new Error(`${name} holds no key of at least ${shortestKey} bytes`);
    return auditKeyFrom(text);
  });
  return new Map(keys.map(({ id, key }) => [id, key]));
}
