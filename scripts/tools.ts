import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

/** A Chromium to test with: the one named, Playwright's own, or the system's. */
export function findChromium(): string | undefined {
  const named = process.env.CHROMIUM_PATH;
  if (named && !existsSync(named)) throw new Error(`CHROMIUM_PATH=${named}: there is no such file`);
  return [named, chromium.executablePath(), ...systemChromiums].find((path) => path && existsSync(path));
}

/** Debian's package of Chromium without windows, which is what tests need: the whole browser draws its own parts as well. */
export const chromiumPackage = 'chromium-headless-shell';

const systemChromiums = [chromiumPackage, 'chromium', 'chromium-browser', 'google-chrome'].map(
  (name) => `/usr/bin/${name}`,
);

/** The AWS command line, which real operators' scripts use against Chime: the newest major version there is from `oldest` on. */
export function findAwsCli(oldest: 1 | 2 = 1): string | undefined {
  const places = ['/usr/bin/aws', '/usr/local/bin/aws', 'aws'];
  const majors = places.map((path) => ({ path, major: majorOf(path) })).filter(({ major }) => major >= oldest);
  return majors.toSorted((one, other) => other.major - one.major)[0]?.path;
}

function majorOf(aws: string): number {
  const answer = spawnSync(aws, ['--version'], { encoding: 'utf8' });
  return Number(/^aws-cli\/(\d+)\./.exec(answer.stdout ?? '')?.[1] ?? 0);
}

/** Installs packages of Debian's; tells what a person has to do when it cannot. */
export function installDebianPackages(packages: string[]): string | undefined {
  const command = `apt-get install -y ${packages.join(' ')}`;
  if (!existsSync('/usr/bin/apt-get')) return `install ${packages.join(' and ')}, and run npm test again`;
  if (process.getuid?.() !== 0) return `run as root: ${command}`;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update'], { env });
  const args = ['install', '-y', '--no-install-recommends', ...packages];
  const installed = spawnSync('apt-get', args, { env, encoding: 'utf8' });
  if (installed.status === 0) return undefined;
  return `${command} failed: ${installed.stderr?.trim().split('\n').at(-1) ?? installed.error?.message}`;
}
