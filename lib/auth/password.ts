import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

/** scrypt's cost (OWASP Password Storage Cheat Sheet: N = 2^16, r = 8, p = 2, or more). */
const cost = { N: 2 ** 16, r: 8, p: 2, maxmem: 128 * 2 ** 16 * 8 * 2 } satisfies ScryptOptions;
const keyLength = 32;

/** The hash to keep of a password: salt and key, in hexadecimal. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return `${salt.toString('hex')}:${(await derive(password, salt)).toString('hex')}`;
}

/** Whether a password is the one behind a hash; a missing hash takes as long as a wrong password. */
export async function verifyPassword(password: string, hash: string | undefined): Promise<boolean> {
  const [salt = '', key = ''] = (hash ?? `${'00'.repeat(16)}:${'00'.repeat(keyLength)}`).split(':');
  const derived = await derive(password, Buffer.from(salt, 'hex'));
  const kept = Buffer.from(key, 'hex');
  return kept.length === derived.length && timingSafeEqual(kept, derived) && hash !== undefined;
}

/** A password a person can read out and type: about 100 bits, without letters that look alike. */
export function newPassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
  const length = 20;
  const picked: string[] = [];
  while (picked.length < length) {
    const [byte = 255] = randomBytes(1);
    if (byte < letters.length * 8) picked.push(letters[byte % letters.length] ?? '');
  }
  return picked.join('').replace(/(.{5})(?=.)/g, '$1-');
}

function derive(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, keyLength, cost, (error, key) => (error ? reject(error) : resolve(key)));
  });
}
