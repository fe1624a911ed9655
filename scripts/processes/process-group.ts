import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { type Program, type RunningProgram, startOf, startProgram } from './processes.ts';

type Member = Pick<RunningProgram, 'name' | 'pid' | 'logFile' | 'ended' | 'stop'> & { kill?(): void };

/**
 * What one `npm start` runs, and the record of it on disk: that is how the next one knows what an earlier one, killed
 * before it could clean up, has left behind.
 */
export class ProcessGroup {
  readonly #recordFile: string;
  readonly #url: string;
  readonly #members = new Set<Member>();
  readonly #death = Promise.withResolvers<{ member: Member; reason: string }>();
  #closing = false;

  constructor(recordFile: string, url: string) {
    this.#recordFile = recordFile;
    this.#url = url;
  }

  /** Starts something that is to run until the group is closed. */
  start(program: Program): RunningProgram {
    return this.keep(this.#startMember(program));
  }

  /** Runs something to its end and tells how that was. */
  async run(program: Program): Promise<string> {
    const member = this.#startMember(program);
    const reason = await member.ended;
    this.#members.delete(member);
    this.#record();
    return reason;
  }

  /** Takes in something started elsewhere that is to run until the group is closed. */
  keep<M extends Member>(member: M): M {
    this.#members.add(member);
    this.#record();
    member.ended.then((reason) => {
      if (!this.#closing) this.#death.resolve({ member, reason });
    });
    return member;
  }

  /** Resolves with the first member that ends although nobody asked it to. */
  get death() {
    return this.#death.promise;
  }

  /** Stops everything, each before what it needs. */
  async close() {
    this.#closing = true;
    for (const member of inStopOrder([...this.#members])) await member.stop();
    if (this.#members.size > 0) rmSync(this.#recordFile, { force: true });
  }

  /** Ends everything at once; PostgreSQL, which has a guardian, still closes its files. */
  kill() {
    for (const member of this.#members) member.kill?.();
  }

  #startMember(program: Program): RunningProgram {
    if (this.#closing) throw new Error('Carillon is being stopped');
    const member = startProgram(program);
    this.#members.add(member);
    this.#record();
    return member;
  }

  #record() {
    const members = [...this.#members].map(({ name, pid }) => ({ name, pid, started: startOf(pid) ?? 'ended' }));
    const launcher = { name: 'npm start', pid: process.pid, started: startOf(process.pid) ?? '' };
    writeFileSync(`${this.#recordFile}.new`, JSON.stringify({ url: this.#url, launcher, members }), { mode: 0o600 });
    renameSync(`${this.#recordFile}.new`, this.#recordFile);
  }
}

const stopOrder = ['build', 'web', 'worker', 'chime', 'postgres'];

function inStopOrder<M extends { name: string }>(members: M[]): M[] {
  return members.toSorted((one, other) => stopOrder.indexOf(one.name) - stopOrder.indexOf(other.name));
}

const processShape = z.object({ name: z.string(), pid: z.number().int().positive(), started: z.string().min(1) });
const recordShape = z.object({ url: z.string(), launcher: processShape, members: z.array(processShape) });
type RecordedProcess = z.output<typeof processShape>;

/** Ends what a killed run left behind, and tells what that was. Throws when that run is in fact alive. */
export async function clearLeftovers(recordFile: string): Promise<string[]> {
  const record = readRecord(recordFile);
  if (!record) return [];
  if (isAlive(record.launcher)) {
    const { pid } = record.launcher;
    throw new Error(`Carillon runs already, at ${record.url} (process ${pid}). To stop it: kill ${pid}`);
  }
  const left = inStopOrder(record.members.filter(isAlive));
  for (const member of left) await end(member);
  rmSync(recordFile, { force: true });
  return left.map(({ name, pid }) => `${name} (process ${pid})`);
}

function readRecord(file: string) {
  if (!existsSync(file)) return undefined;
  try {
    return recordShape.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined; // it was not written by us
  }
}

/** Numbers come again; a number together with the moment it was given out does not. */
function isAlive({ pid, started }: RecordedProcess) {
  return startOf(pid) === started;
}

async function end(member: RecordedProcess) {
  signal(member, member.name === 'postgres' ? 'SIGINT' : 'SIGTERM');
  const deadline = Date.now() + 15_000;
  while (isAlive(member) && Date.now() < deadline) await pause(50);
  if (isAlive(member)) signal(member, 'SIGKILL');
}

function signal({ pid }: RecordedProcess, name: NodeJS.Signals) {
  try {
    process.kill(-pid, name);
  } catch {
    // It ended in this very moment.
  }
}
