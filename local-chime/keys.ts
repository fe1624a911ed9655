import { randomBytes, randomInt } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseEnv } from 'node:util';

/** What callers of both ports have to know, by the name of the environment variable that can set it. */
export type Keys = {
  LOCAL_CHIME_ACCESS_KEY_ID: string;
  LOCAL_CHIME_SECRET_ACCESS_KEY: string;
  LOCAL_CHIME_CONTROL_TOKEN: string;
};

/** Where keys are kept that the environment does not set. */
export function keysFile(dataFile: string): string {
  return `${dataFile}.keys`;
}

/** The keys of the environment; those it lacks are made once and kept beside the data, readable by the owner only. */
export function readKeys(environment: Record<string, string | undefined>, dataFile: string): Keys {
  const set = chosen(environment);
  if (isComplete(set)) return set;
  const kept = keptKeys(keysFile(dataFile));
  return { ...kept, ...set };
}

function chosen(source: Record<string, string | undefined>): Partial<Keys> {
  const names = ['LOCAL_CHIME_ACCESS_KEY_ID', 'LOCAL_CHIME_SECRET_ACCESS_KEY', 'LOCAL_CHIME_CONTROL_TOKEN'] as const;
  const keys: Partial<Keys> = {};
  for (const name of names) if (source[name]) keys[name] = source[name];
  return keys;
}

function isComplete(keys: Partial<Keys>): keys is Keys {
  return Boolean(
    keys.LOCAL_CHIME_ACCESS_KEY_ID && keys.LOCAL_CHIME_SECRET_ACCESS_KEY && keys.LOCAL_CHIME_CONTROL_TOKEN,
  );
}

function keptKeys(file: string): Keys {
  const found = existing(file);
  if (found === undefined) return keep(file, newKeys());
  const kept = chosen(parseEnv(found));
  if (!isComplete(kept)) throw new Error(`${file} does not hold all three keys; delete it to have them made again`);
  return kept;
}

function existing(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function keep(file: string, keys: Keys): Keys {
  const lines = Object.entries(keys).map(([name, value]) => `${name}=${value}\n`);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, lines.join(''), { mode: 0o600, flag: 'wx' });
  return keys;
}

const keyLetters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function newKeys(): Keys {
  const letters = Array.from({ length: 16 }, () => keyLetters.charAt(randomInt(keyLetters.length)));
  return {
    LOCAL_CHIME_ACCESS_KEY_ID: `AKID${letters.join('')}`,
    LOCAL_CHIME_SECRET_ACCESS_KEY: randomBytes(30).toString('base64url'),
    LOCAL_CHIME_CONTROL_TOKEN: randomBytes(30).toString('base64url'),
  };
}
