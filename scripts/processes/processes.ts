import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';

export type Environment = Record<string, string | undefined>;

/** What to run, and how to end it. */
export type Program = {
  name: string;
  command: string;
  args: string[];
  logFile: string;
  cwd?: string;
  /** On top of our own environment; undefined takes away. */
  env?: Environment;
  /** The operating-system user to run it as; only root may choose. */
  user?: { uid: number; gid: number };
  stopSignal?: 'SIGTERM' | 'SIGINT';
  /** How long it may take to end before it is killed. */
  deadlineMs?: number;
};

export type RunningProgram = {
  name: string;
  pid: number;
  logFile: string;
  isRunning(): boolean;
  /** Resolves, never rejects, with what ended it: "exit code 1", "SIGKILL", "spawn … ENOENT". */
  ended: Promise<string>;
  stop(): Promise<void>;
  kill(): void;
};

/** Nobody sees colours in a file; and Node writes a warning where both of these are set. */
const inFile: Environment = { NO_COLOR: '1', FORCE_COLOR: undefined };

/**
 * Starts a program in a process group of its own, so that Ctrl-C in the terminal reaches only the launcher, which then
 * stops everything in order. Its output is appended to a file: that outlives the launcher, and nothing blocks on a full pipe.
 */
export function startProgram(program: Program): RunningProgram {
  const { name, logFile, user, stopSignal = 'SIGTERM', deadlineMs = 10_000 } = program;
  const log = openSync(logFile, 'a', 0o600);
  const child = spawn(program.command, program.args, {
    cwd: program.cwd,
    env: { ...process.env, ...inFile, ...program.env },
    stdio: ['ignore', log, log],
    detached: true,
    ...user,
  });
  closeSync(log);

  let end: string | undefined;
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
    child.once('error', (error) => resolve(error.message));
  }).then((reason) => {
    end = reason;
    return reason;
  });
  const pid = child.pid;
  if (pid === undefined) return notStarted(name, logFile, ended);
  endWithUs(child, pid, stopSignal);

  return {
    name,
    pid,
    logFile,
    ended,
    isRunning: () => end === undefined,
    kill: () => signalGroup(pid, 'SIGKILL'),
    async stop() {
      if (end !== undefined) return;
      signalGroup(pid, stopSignal);
      const killer = setTimeout(() => signalGroup(pid, 'SIGKILL'), deadlineMs);
      await ended;
      clearTimeout(killer);
      signalGroup(pid, 'SIGKILL'); // what the program itself started and did not end
    },
  };
}

/**
 * Ends the child when this process ends, however it ends, kill -9 included: a shell waits until the pipe between us and it
 * closes, and then passes on the signal.
 */
function endWithUs(child: ChildProcess, pid: number, signal: NodeJS.Signals) {
  const name = signal.slice('SIG'.length);
  const guardian = spawn('/bin/sh', ['-c', 'read _; kill -s "$1" -- "-$2"', 'guardian', name, String(pid)], {
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  guardian.on('error', () => {});
  guardian.stdin.on('error', () => {});
  guardian.unref();
  child.once('exit', () => guardian.kill('SIGKILL'));
}

function notStarted(name: string, logFile: string, ended: Promise<string>): RunningProgram {
  return { name, pid: 0, logFile, ended, isRunning: () => false, kill() {}, async stop() {} };
}

function signalGroup(pid: number, signal: NodeJS.Signals) {
  try {
    process.kill(-pid, signal);
  } catch {
    // It is gone already.
  }
}

export function lastLines(file: string, count = 15): string {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
  } catch {
    return '';
  }
}

/** The command line of a living process; nothing when there is no such process. */
export function commandOf(pid: number): string | undefined {
  return ask(pid, 'args');
}

/** When a process started: with its number, this names it for good, since numbers come again. */
export function startOf(pid: number): string | undefined {
  return ask(pid, 'lstart');
}

function ask(pid: number, what: 'args' | 'lstart'): string | undefined {
  if (process.platform === 'linux') return askProc(pid, what); // small images have no ps
  const answer = spawnSync('ps', ['-o', `${what}=`, '-p', String(pid)], { encoding: 'utf8' });
  return answer.stdout?.trim() || undefined;
}

function askProc(pid: number, what: 'args' | 'lstart'): string | undefined {
  try {
    if (what === 'args') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim() || undefined;
    const [state, ...rest] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return state === 'Z' ? undefined : rest[18]; // the 22nd field, counted from the process's number
  } catch {
    return undefined;
  }
}
