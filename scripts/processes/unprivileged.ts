import { chmodSync, chownSync, closeSync, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { canRead, canWrite, provideSystemUser, type SystemUser } from './system-user.ts';

/** The system user that web and worker run as where root starts them. */
const name = 'carillon';

type Places = {
  /** What they read: programs, files and folders. */
  reads: readonly string[];
  /** The one file that they write, made here where there is none. */
  writes: string;
};

/**
 * Lets web and worker run without root's rights: as a user of their own, who cannot read PostgreSQL's files or the keys either. Where the tree
 * or a file they need is closed to that user, the answer says so, and they stay root. `isNew`: the file that they write was made here.
 */
export function leaveRoot({ reads, writes }: Places): { user: SystemUser; isNew: boolean } | { staysBecause: string } {
  try {
    const user = provideSystemUser(name);
    const closed = reads.find((path) => !canRead(path, user));
    if (closed !== undefined) return { staysBecause: `the user "${name}" cannot read ${closed}` };
    const isNew = !existsSync(writes);
    closeSync(openSync(writes, 'a', 0o600));
    chownSync(writes, user.uid, user.gid);
    if (!canWrite(writes, user)) return { staysBecause: `the user "${name}" cannot write ${writes}` };
    return { user, isNew };
  } catch (error) {
    return { staysBecause: error instanceof Error ? error.message : String(error) };
  }
}

/** Closes the build to everybody but its owner and the group that runs it: it holds the keys of next. */
export function closeBuild(root: string, user?: SystemUser): void {
  const build = join(root, '.next');
  if (!existsSync(build)) return;
  if (user) chownSync(build, 0, user.gid);
  chmodSync(build, user ? 0o750 : 0o700);
}
