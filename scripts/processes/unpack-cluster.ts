import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { writePassword } from './embedded.ts';
import { findHome, type Home, passwordFile, refuseOtherMajor, superuser } from './embedded-home.ts';
import type { SystemUser } from './system-user.ts';

/**
 * Makes the data of a server from a base backup (a tar), recovered to its end and with a password of their own, in a folder that has
 * none. Made beside their place and then renamed. Throws what PostgreSQL or tar say.
 */
export async function unpackCluster(dataDir: string, archive: string): Promise<void> {
  const home = findHome({ dataDir });
  const cluster = join(home.dataDir, 'cluster');
  if (existsSync(cluster)) throw new Error(`There are data in ${home.dataDir} already`);
  const unfinished = `${cluster}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  if (home.user) chownSync(unfinished, home.user.uid, home.user.gid);
  try {
    await unpack(archive, unfinished, home.user);
    refuseOtherMajor({ cluster: unfinished, version: home.version });
    await setPassword(home, unfinished);
    renameSync(unfinished, cluster);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw error;
  }
}

async function unpack(archive: string, folder: string, user: SystemUser | undefined): Promise<void> {
  const input = openSync(archive, 'r'); // by us: the server's user may not be able to read it
  try {
    await run('tar', ['-x', '-f', '-', '-C', folder], { input, user });
  } finally {
    closeSync(input);
  }
}

/** A server for one user and without any port: nobody else can come in before the password is a new one. */
async function setPassword(home: Home, cluster: string): Promise<void> {
  writePassword(home);
  const password = readFileSync(passwordFile(home.dataDir), 'utf8').trim();
  const command = `alter role ${superuser} password ${pg.escapeLiteral(password)}\n`;
  const said = await run(join(home.bin, 'postgres'), ['--single', '-D', cluster, 'postgres'], {
    input: command,
    user: home.user,
  });
  if (/\b(?:ERROR|FATAL|PANIC):/.test(said)) throw new Error(`PostgreSQL could not recover the copy:\n${said}`);
}

type Run = { input: number | string; user: SystemUser | undefined };

/** Runs a program to its end; the answer is what it said to stderr. */
async function run(command: string, args: string[], { input, user }: Run): Promise<string> {
  const program = spawn(command, args, {
    cwd: '/',
    stdio: [typeof input === 'number' ? input : 'pipe', 'ignore', 'pipe'],
    ...user,
  });
  let said = '';
  program.stderr?.on('data', (text) => {
    said = `${said}${text}`.slice(-4_000);
  });
  program.stdin?.on('error', () => {}); // it ended before it had read all: its end tells why
  if (typeof input === 'string') program.stdin?.end(input);
  const [code] = await once(program, 'close');
  if (code !== 0) throw new Error(`${command} failed:\n${said.trim()}`);
  return said;
}
