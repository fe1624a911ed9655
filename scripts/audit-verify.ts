import { createReadStream } from 'node:fs';
import { parseArgs } from 'node:util';
import { verifyExport } from '../lib/audit/verify-export.ts';
import { readLanguage } from '../lib/env.ts';
import { speak } from '../lib/texts/languages.ts';
import { auditCheck } from '../lib/texts/terminal/audit-check.ts';
import { auditKeysHere } from './checks/audit-keys.ts';

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
    auditKeysHere(values['key-env']),
    checkpoints === undefined ? undefined : createReadStream(checkpoints, chunk),
  );
  if (verdict.broken) {
    process.stdout.write(`${auditCheck.broken(verdict.broken)}\n`);
    process.exitCode = 1;
  } else {
    process.stdout.write(`${auditCheck.sound(verdict, checkpoints !== undefined)}\n`);
  }
}

try {
  await speak(readLanguage());
  await verify();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
