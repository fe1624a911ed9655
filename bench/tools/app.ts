import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type Credentials, createExampleOperators } from '../../lib/auth/example-operators.ts';
import { hashSources } from '../../lib/web/source-hash.ts';
import { root } from '../../scripts/bootstrap.mjs';
import { isBuildStale, recordBuild } from '../../scripts/build.ts';
import { freePort } from '../../scripts/processes/ports.ts';
import { lastLines, startProgram } from '../../scripts/processes/processes.ts';
import { chimeClientEnv, nextCommand, web, webIsUp } from '../../scripts/processes/programs.ts';
import { type Desk, withDesk } from './desk.ts';
import { printNote } from './report.ts';

/** The built web at a desk, with the pages of `bench/pages` in it under `/bench`. */
export type App = Desk & { url: string; actionIds: Map<string, string>; helpdesk: Credentials };

/** Like a build, the copy stays between runs, and is made anew when the sources have changed. */
const copy = join(root, '.carillon', 'bench', 'app');
const next = join(root, nextCommand);

const sources = [
  'app',
  'components',
  'lib',
  'public',
  'proxy.ts',
  'instrumentation.ts',
  'next.config.js',
  'tailwind.config.ts',
  'postcss.config.mjs',
  'tsconfig.json',
  'package.json',
];

/** Runs a benchmark with the web of this tree, started from a copy that has the reference pages as well. */
export async function withApp(users: number, run: (app: App) => Promise<void>): Promise<void> {
  await provideCopy();
  await withDesk(users, async (desk) => {
    const { created } = await createExampleOperators(desk.deps.db);
    const helpdesk = created.find(({ role }) => role === 'helpdesk');
    if (!helpdesk) throw new Error('There is no example operator of the helpdesk');
    const port = await freePort();
    const url = `http://localhost:${port}`;
    const program = startProgram({ ...web({ logs: desk.folder, env: settings(desk, url) }, { port }), cwd: copy });
    try {
      await webIsUp(program, port);
      await run({ ...desk, url, helpdesk, actionIds: await readActionIds() });
    } finally {
      await program.stop();
    }
  });
}

/** Packages are found in the folders above: through a link, Tailwind would take every word in them for a class. */
async function provideCopy(): Promise<void> {
  await mkdir(copy, { recursive: true });
  for (const source of sources) {
    await rm(join(copy, source), { recursive: true, force: true });
    if (existsSync(join(root, source))) await cp(join(root, source), join(copy, source), { recursive: true, filter });
  }
  await cp(join(root, 'bench', 'pages'), join(copy, 'app', 'bench'), { recursive: true });
  if (isBuildStale(copy)) await build();
}

/** Tests and what they need are no part of the web. */
const filter = (path: string) => !/\.test\.tsx?$/.test(path);

async function build(): Promise<void> {
  printNote('Building the web with the reference pages in it');
  const hash = hashSources(copy);
  const logFile = join(copy, 'build.log');
  await rm(logFile, { force: true });
  const env = { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' };
  const program = startProgram({
    name: 'build',
    command: process.execPath,
    args: [next, 'build'],
    cwd: copy,
    env,
    logFile,
  });
  const end = await program.ended;
  if (end !== 'exit code 0') throw new Error(`The build ended with ${end}:\n${lastLines(logFile)}`);
  recordBuild(copy, hash);
}

function settings({ chime, databaseUrl }: Desk, url: string) {
  return {
    ...chimeClientEnv(chime.keys, chime.port),
    DATABASE_URL: databaseUrl,
    NEXTAUTH_SECRET: chime.keys.secretAccessKey,
    REQUEST_LIMITS: 'operator=9999999',
    AUDIT_KEY: process.env.AUDIT_KEY,
    PUBLIC_URL: url,
    NEXTAUTH_URL: url,
    CHANGE_LIMITS: 'helpdesk=1000000,admin=1000000', // measured is how long a change takes, not how many are allowed
    NEXT_TELEMETRY_DISABLED: '1',
  };
}

const manifestShape = z.object({
  node: z.record(z.string(), z.object({ filename: z.string(), exportedName: z.string() })),
});

/** The IDs by which a browser calls the build's server actions, by their names. */
async function readActionIds(): Promise<Map<string, string>> {
  const text = await readFile(join(copy, '.next', 'server', 'server-reference-manifest.json'), 'utf8');
  const { node } = manifestShape.parse(JSON.parse(text));
  return new Map(Object.entries(node).map(([id, { exportedName }]) => [exportedName, id]));
}
