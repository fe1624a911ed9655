import { spawnSync } from 'node:child_process';

/** A user of the operating system, by its numbers. */
export type SystemUser = { uid: number; gid: number };

/** The system user of this name, made where there is none: without a home, a password or a shell. Only root can. Throws one clear line. */
export function provideSystemUser(name: string): SystemUser {
  return findUser(name) ?? createUser(name);
}

function findUser(name: string): SystemUser | undefined {
  const [uid, gid] = ['-u', '-g'].map((flag) => spawnSync('id', [flag, name], { encoding: 'utf8' }));
  if (uid?.status !== 0 || gid?.status !== 0) return undefined;
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

function createUser(name: string): SystemUser {
  const args = ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent'];
  const made = spawnSync('useradd', [...args, '--shell', '/usr/sbin/nologin', name], { encoding: 'utf8' });
  const user = findUser(name);
  if (user) return user;
  throw new Error(`The system user "${name}" could not be made: ${made.stderr?.trim() || made.error?.message}`);
}

/** Whether a user may enter a folder, and all that it is in. */
export function canEnter(folder: string, user: SystemUser): boolean {
  return succeeds('cd "$1"', folder, user);
}

/** Whether a user may read a file, or a folder with its entries. */
export function canRead(path: string, user: SystemUser): boolean {
  return succeeds('test -r "$1"', path, user);
}

/** Whether a user may write a file that is there. */
export function canWrite(path: string, user: SystemUser): boolean {
  return succeeds('test -w "$1"', path, user);
}

function succeeds(script: string, path: string, user: SystemUser): boolean {
  return spawnSync('/bin/sh', ['-c', script, 'sh', path], { ...user, cwd: '/' }).status === 0;
}
