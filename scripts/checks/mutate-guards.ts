import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../bootstrap.mjs';
import { say, step } from '../steps.mjs';

/**
 * Takes one guard away at a time, in a copy of the tree, and runs the tests that should notice. Fails for a guard whose removal none of
 * them notices, and for one whose text is not there any more. Names narrow the list.
 */

type Guard = {
  name: string;
  file: string;
  /** The guard, exactly as it stands there, once. */
  text: string;
  without: string;
  /** The test that notices: its file, and a part of its name. */
  notices: [file: string, name: string];
};

const guards: Guard[] = [
  {
    name: 'account exists, at routes',
    file: 'app/guard/routes.ts',
    text: 'if (input.accountId !== undefined) await requireAccount(input.accountId);',
    without: '',
    notices: ['e2e/access/access.spec.ts', 'an account that there is not'],
  },
  {
    name: 'account of the submitter',
    file: 'lib/batches/rights.ts',
    text: ' && isInScope(access.accounts, batch.account_id)',
    without: '',
    notices: ['lib/batches/rights.test.ts', 'whom the provider named'],
  },
  {
    name: 'role of the submitter',
    file: 'lib/batches/rights.ts',
    text: "may(access, 'batches:run') && ",
    without: '',
    notices: ['lib/batches/rights.test.ts', 'whom the provider named'],
  },
  {
    name: 'fingerprint at approval',
    file: 'lib/batches/steer-batch.ts',
    text: "throw new Refusal('not-allowed', 'Another admin has to approve it.');\n    if (batch.fingerprint !== target.fingerprint)",
    without: "throw new Refusal('not-allowed', 'Another admin has to approve it.');\n    if (batch.fingerprint === '')",
    notices: ['lib/batches/rights.test.ts', 'approved as it was seen'],
  },
  {
    name: 'note on another operator’s change',
    file: 'lib/changes/store.ts',
    text: "    .where('operator_id', '=', operatorId)\n    .executeTakeFirst();",
    without: '    .executeTakeFirst();',
    notices: ['lib/changes/own-changes.test.ts', 'takes a note'],
  },
  {
    name: 'account of a change that is called off',
    file: 'lib/changes/store.ts',
    text: "    .where('account_id', '=', accountId)\n    .forNoKeyUpdate()",
    without: '    .forNoKeyUpdate()',
    notices: ['lib/changes/own-changes.test.ts', 'is not given up'],
  },
  {
    name: 'calling off another operator’s change',
    file: 'lib/changes/cancel-change.ts',
    text: "if (change.operator_id !== by.operatorId && by.operatorRole !== 'admin') {",
    without: "if (change.operator_id === '') {",
    notices: ['lib/changes/apply-changes.test.ts', 'does not call off what somebody else'],
  },
  {
    name: 'signatures by the shared secret',
    file: 'lib/auth/provider/discover-provider.ts',
    text: "const asymmetric = ['RS256',",
    without: "const asymmetric = ['HS256', 'RS256',",
    notices: ['lib/auth/provider/discover-provider.test.ts', 'tokens signed by'],
  },
  {
    name: 'signature of a token among those believed',
    file: 'lib/auth/provider/redeem-code.ts',
    text: 'if (!signatures.includes(header.alg)) {',
    without: "if (header.alg === '') {",
    notices: ['e2e/access/refused-sign-in.spec.ts', 'the secret that both know'],
  },
  {
    name: 'issuer of a provider',
    file: 'lib/auth/provider/discover-provider.ts',
    text: 'if (metadata.issuer !== issuer) {',
    without: "if (metadata.issuer === '') {",
    notices: ['lib/auth/provider/discover-provider.test.ts', 'says it is another'],
  },
  {
    name: 'subject of the user info',
    file: 'lib/auth/options.ts',
    text: 'if (more.sub !== claims.sub) ',
    without: "if (more.sub === '') ",
    notices: ['lib/auth/auth.test.ts', 'user info of another subject'],
  },
  {
    name: 'verified e-mail as a group',
    file: 'lib/auth/provider/groups.ts',
    text: "if (groupsClaim === 'email') requireVerified(claims.email_verified);",
    without: '',
    notices: ['lib/auth/provider/groups.test.ts', 'an e-mail of which'],
  },
  {
    name: 'claim that named the groups',
    file: 'lib/auth/auth-config.ts',
    text: ' || (operator.groupsClaim ?? rules.groupsClaim) !== rules.groupsClaim',
    without: '',
    notices: ['lib/auth/auth.test.ts', 'with a provider, to'],
  },
];

const copy = join(root, '.carillon', 'mutants');

/** A copy of all that git knows or would take, with the packages as links to the same files. */
function makeCopy(): void {
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy, { recursive: true, mode: 0o755 });
  const listed = spawnSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: root, encoding: 'utf8' });
  for (const file of listed.stdout.split('\0').filter(Boolean)) {
    cpSync(join(root, file), join(copy, file), { recursive: true });
  }
  const linked = spawnSync('cp', ['-Rl', join(root, 'node_modules'), copy]);
  if (linked.status !== 0) throw new Error(`The packages could not be linked into ${copy}`);
}

/** Whether the test fails. Throws where no test of that name ran, which would prove nothing. */
async function isNoticed([file, name]: Guard['notices']): Promise<boolean> {
  const isEndToEnd = file.startsWith('e2e/');
  const program = join(copy, 'node_modules', isEndToEnd ? '@playwright/test/cli.js' : 'vitest/vitest.mjs');
  const args = isEndToEnd ? ['test', file, '-g', name] : ['run', file, '-t', name];
  const env = { ...process.env, FORCE_COLOR: undefined, NO_COLOR: '1' };
  const test = spawn(process.execPath, [program, ...args], { cwd: copy, env, stdio: ['ignore', 'pipe', 'ignore'] });
  let said = '';
  test.stdout.on('data', (data: Buffer) => {
    said += data.toString();
  });
  const [code] = await once(test, 'close');
  if (!said.split('\n').some(countsTests)) {
    throw new Error(`No test in ${file} is called “${name}”`);
  }
  return code !== 0;
}

/** Whether a line of Vitest's or Playwright's summary says that tests ran: "Tests  1 failed | 3 skipped (4)" or "1 passed (2s)". */
function countsTests(line: string): boolean {
  const counts = line
    .trim()
    .replace(/^Tests +/, '')
    .split(' | ');
  return (
    counts.every((count) => /^\d+ \w/.test(count)) &&
    counts.some((count) => /^[1-9]\d* (?:passed|failed)\b/.test(count))
  );
}

/** What the list of guards is worth: one line for each that does not hold. */
async function complaintAbout({ file, text, without, notices }: Guard): Promise<string | undefined> {
  const source = readFileSync(join(root, file), 'utf8');
  if (source.split(text).length !== 2) return `does not stand in ${file} once as the list has it`;
  writeFileSync(
    join(copy, file),
    source.replace(text, () => without),
  );
  try {
    return (await isNoticed(notices)) ? undefined : `may be taken away: ${notices.join(': ')} does not notice`;
  } finally {
    writeFileSync(join(copy, file), source);
  }
}

const named = process.argv.slice(2);
const chosen = guards.filter(
  ({ name, file }) => named.length === 0 || named.some((one) => `${file} ${name}`.includes(one)),
);
if (chosen.length === 0) throw new Error(`No guard is called ${named.join(' or ')}`);
await step(`Copying the tree to ${copy}`, async () => makeCopy());
for (const guard of chosen) {
  const complaint = await step(guard.name, () => complaintAbout(guard));
  if (complaint === undefined) continue;
  say(`    The guard “${guard.name}” ${complaint}`);
  process.exitCode = 1;
}
rmSync(copy, { recursive: true, force: true });
