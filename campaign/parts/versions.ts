import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashSources } from '../../lib/web/source-hash.ts';
import { root } from '../../scripts/bootstrap.mjs';
import { isBuildStale, recordBuild } from '../../scripts/build.ts';
import { nextCommand } from '../../scripts/processes/programs.ts';

/** A copy of the sources in a folder of its own, with its own build. */
export type Version = { name: string; folder: string };

/** Outside the repository, whose settings the tools that build would find from within it. Builds stay there for the next run. */
const place = join(tmpdir(), `carillon-campaign-${createHash('sha256').update(root).digest('hex').slice(0, 8)}`);

/** The commit of the version before, as CHANGELOG.md says; `CARILLON_BEFORE` names another one. */
export function commitBefore(): string {
  const said = /^Upgrades are tried from commit ([0-9a-f]{7,40})/m.exec(read('CHANGELOG.md'))?.[1];
  const commit = process.env.CARILLON_BEFORE ?? said;
  if (!commit) throw new Error('CHANGELOG.md does not say from which commit upgrades are tried.');
  return commit;
}

/** Checks a commit out into a folder and builds it there, from its own sources, with its own packages. */
export function buildCommit(commit: string, name: string): Version {
  const folder = join(place, `${commit}-${name}`);
  if (!existsSync(join(folder, 'package.json'))) {
    mkdirSync(folder, { recursive: true });
    run('sh', ['-c', 'git archive "$1" | tar -x -C "$2"', 'sh', commit, folder], root);
  }
  return build({ name: `${commit} (${name})`, folder });
}

/** Copies the sources as they are now, committed or not, into a folder and builds them there. */
export function buildSources(name: string): Version {
  const folder = join(place, `now-${name}`);
  mkdirSync(folder, { recursive: true });
  const version = { name: `these sources (${name})`, folder };
  if (hashSources(folder) === hashSources(root)) return build(version);
  const left = ['node_modules', '.next', 'next-env.d.ts'].flatMap((one) => ['!', '-name', one]);
  run('find', [folder, '-mindepth', '1', '-maxdepth', '1', ...left, '-exec', 'rm', '-rf', '{}', '+'], root);
  const listed = 'git ls-files -z --cached --others --exclude-standard --deduplicate | xargs -0 ls -d 2>/dev/null';
  run('sh', ['-c', `${listed} | tar -c -T - | tar -x -C "$1"`, 'sh', folder], root);
  return build(version);
}

function build(version: Version): Version {
  const { folder } = version;
  providePackages(folder);
  if (!isBuildStale(folder)) return version;
  const hash = hashSources(folder);
  run(process.execPath, [nextCommand, 'build'], folder);
  recordBuild(folder, hash);
  return version;
}

/** The packages of the repository, where they are the same, as links; else those that the version names. */
function providePackages(folder: string): void {
  const packages = join(folder, 'node_modules');
  const lock = readFileSync(join(folder, 'package-lock.json'), 'utf8');
  const mark = join(packages, '.carillon-campaign');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === lock) return;
  rmSync(packages, { recursive: true, force: true });
  if (lock === read('package-lock.json')) {
    // As links, or as copies where the folder is on another disk.
    const [from, to] = [join(root, 'node_modules'), packages];
    run('sh', ['-c', 'cp -al "$1" "$2" 2>/dev/null || { rm -rf "$2" && cp -a "$1" "$2"; }', 'sh', from, to], root);
  } else run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], folder);
  run('cp', ['package-lock.json', mark], folder);
}

const read = (file: string) => readFileSync(join(root, file), 'utf8');

function run(command: string, args: string[], cwd: string): void {
  const env: NodeJS.ProcessEnv = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' };
  const { status, stderr, stdout } = spawnSync(command, args, { cwd, env, encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} in ${cwd} failed:\n${stdout}${stderr}`);
}
