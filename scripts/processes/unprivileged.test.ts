import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { closeBuild, leaveRoot } from './unprivileged.ts';

/** A tree that anybody may read, with a file that only its owner may. */
function tree() {
  const root = mkdtempSync(join(tmpdir(), 'carillon-tree-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  chmodSync(root, 0o755);
  const [program, keys] = [join(root, 'main.ts'), join(root, 'keys.env')];
  writeFileSync(program, 'there');
  writeFileSync(keys, 'secret', { mode: 0o600 });
  mkdirSync(join(root, '.next'));
  writeFileSync(join(root, '.next', 'BUILD_ID'), 'x');
  return { root, program, keys, writes: join(root, 'checkpoints.jsonl') };
}

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);
const isRoot = process.getuid?.() === 0;

test('the build is closed to everybody but who runs it', () => {
  const { root } = tree();

  closeBuild(root);

  expect(modeOf(join(root, '.next'))).toBe('700');
});

describe.runIf(isRoot)('web and worker, where root starts them', () => {
  /** What a shell of that user prints. */
  function asUser(places: Parameters<typeof leaveRoot>[0], script: string): string {
    const left = leaveRoot(places);
    if (!('user' in left)) throw new Error(left.staysBecause);
    return spawnSync('/bin/sh', ['-c', script], { ...left.user, cwd: '/', encoding: 'utf8' }).stdout.trim();
  }

  test('run as a user who reads the tree, writes the checkpoints, and neither reads the keys nor is root', () => {
    const { program, keys, writes } = tree();
    const script = `cat ${program}; echo; cat ${keys}; echo line >> ${writes} && cat ${writes}; id -u; id -G`;

    const [read, wrote, uid, groups] = asUser({ reads: [program], writes }, script).split('\n');

    expect([read, wrote]).toEqual(['there', 'line']);
    expect(uid).not.toBe('0');
    expect(groups).not.toMatch(/\b0\b/);
    expect(modeOf(writes)).toBe('600');
  });

  test('run the build, which others cannot open', () => {
    const { root, program, writes } = tree();
    const left = leaveRoot({ reads: [program], writes });
    if (!('user' in left)) throw new Error(left.staysBecause);

    closeBuild(root, left.user);

    expect(modeOf(join(root, '.next'))).toBe('750');
    const build = join(root, '.next', 'BUILD_ID');
    expect(asUser({ reads: [build], writes }, `cat ${build}`)).toBe('x');
    const others = spawnSync('/bin/sh', ['-c', `cat ${build}`], { uid: 65_534, gid: 65_534, cwd: '/' });
    expect(others.status).not.toBe(0);
  });

  test('stay root where the tree is closed to that user, and it is said which file is', () => {
    const { root, program, keys, writes } = tree();
    expect(leaveRoot({ reads: [program, keys], writes })).toEqual({
      staysBecause: `the user "carillon" cannot read ${keys}`,
    });
    chmodSync(root, 0o700);
    expect(leaveRoot({ reads: [program], writes })).toEqual({
      staysBecause: `the user "carillon" cannot read ${program}`,
    });
  });
});
