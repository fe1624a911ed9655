import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs, parseEnv } from 'node:util';
import { auditKeyFrom, shortestKey } from '../lib/audit/keys.ts';
import { verifyExport } from '../lib/audit/verify-export.ts';
import { readLanguage } from '../lib/env.ts';
import { environment } from '../lib/environment.ts';
import { speak } from '../lib/texts/languages.ts';
import { auditCheck } from '../lib/texts/terminal/audit-check.ts';

const options = {
  'key-env': { type: 'string', multiple: true },
  checkpoints: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

async function verify(): Promise<void> {
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const [file, ...others] = positionals;
  if (values.help || file === undefined || others.length > 0) {
    process.stdout.write(`${auditCheck.usage}\n`);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const { checkpoints } = values;
  const chunk = { highWaterMark: 1 << 20 };
  const verdict = await verifyExport(
    file === '-' ? process.stdin : createReadStream(file, chunk),
    keysFrom(values['key-env']),
    checkpoints === undefined ? undefined : createReadStream(checkpoints, chunk),
  );
  if (verdict.broken) {
    process.stdout.write(`${auditCheck.broken(verdict.broken)}\n`);
    process.exitCode = 1;
  } else {
    process.stdout.write(`${auditCheck.sound(verdict, checkpoints !== undefined)}\n`);
  }
}

function keysFrom(named: string[] | undefined) {
  const settings = { ...keptKeys(), ...environment() };
  const names = named ?? ['AUDIT_KEY', ...(settings.AUDIT_KEY_PREVIOUS ? ['AUDIT_KEY_PREVIOUS'] : [])];
  const keys = names.map((name) => {
    const text = settings[name] ?? '';
    if (Buffer.byteLength(text) < shortestKey) throw new Error(`${name} holds no key of at least ${shortestKey} bytes`);
    return auditKeyFrom(text);
  });
  return new Map(keys.map(({ id, key }) => [id, key]));
}

/** The keys that `npm start` has made here, if it has. */
function keptKeys() {
  const file = join(process.env.CARILLON_HOME || '.carillon', 'keys.env');
  return existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
}

try {
  await speak(readLanguage());
  await verify();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
