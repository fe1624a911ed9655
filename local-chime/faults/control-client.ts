import { z } from 'zod';
import type { Call } from '../call-log.ts';
import { type ChimeUser, type ChimeUserMembers, userMembersShape } from '../people/user.ts';
import type { JournalEntry } from '../rows.ts';
import { type Fault, type Plant, type Planted, plantedShape } from './faults.ts';

export type { Call, ChimeUser, ChimeUserMembers, Fault, JournalEntry, Plant, Planted };

const healthShape = z.object({
  service: z.literal('local-chime'),
  endpoint: z.string(),
  accounts: z.number(),
  users: z.number(),
  retired: z.boolean(),
});

export type Health = z.output<typeof healthShape>;

const entryShape: z.ZodType<JournalEntry> = z.object({
  seq: z.number(),
  at: z.string(),
  requestId: z.string(),
  operation: z.string(),
  accountId: z.string(),
  userId: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
});

const callShape: z.ZodType<Call> = z.object({
  seq: z.number(),
  at: z.string(),
  operation: z.string().nullable(),
  accountId: z.string().nullable(),
  userId: z.string().nullable(),
  status: z.number().nullable(),
  requestId: z.string(),
  invocationId: z.string().nullable(),
});

const userShape = z.object({ User: userMembersShape.extend({ UserId: z.string(), AccountId: z.string() }) });
const errorShape = z.object({ error: z.string() });
const anything = z.unknown();

/** Which calls a fault is meant for, and how many of them: one unless told, 0 for all until it is cleared. */
export type Scope = { accountId?: string; userId?: string; count?: number };

/** An operation by name, or every operation. */
export type OperationName = string | undefined;

/** Steers a running Local Chime through its control port. */
export class ChimeControl {
  readonly #endpoint: string;
  readonly #token: string;

  constructor(endpoint: string, token: string) {
    this.#endpoint = endpoint.endsWith('/') ? endpoint.slice(0, -1) : endpoint;
    this.#token = token;
  }

  health(): Promise<Health> {
    return this.#ask(healthShape, 'GET', '/health');
  }

  /** Plants any fault; the ID takes it away again. */
  async plant(plant: Plant): Promise<string> {
    const { id } = await this.#ask(z.object({ id: z.string() }), 'POST', '/faults', plant);
    return id;
  }

  /** The next call of an operation is refused with an exception of this name. */
  failNext(
    operation: OperationName,
    error: string,
    more: Scope & { status?: number; retryAfterSeconds?: number; afterApplying?: boolean } = {},
  ): Promise<string> {
    const { status, retryAfterSeconds, afterApplying, ...scope } = more;
    return this.plant({
      operation,
      ...scope,
      fault: { kind: 'error', error, status, retryAfterSeconds, afterApplying },
    });
  }

  /** The next call of an operation begins only after some time, and is then carried out whether or not anyone still waits. */
  delay(operation: OperationName, ms: number, scope: Scope = {}): Promise<string> {
    return this.plant({ operation, ...scope, fault: { kind: 'delay', ms } });
  }

  /** The next call of an operation loses its connection, before or after it is carried out. */
  drop(operation: OperationName, when: 'before' | 'after', scope: Scope = {}): Promise<string> {
    return this.plant({ operation, ...scope, fault: { kind: 'drop', when } });
  }

  /** The next call of an operation is answered in this wrong way. */
  answerNext(operation: OperationName, fault: Fault, scope: Scope = {}): Promise<string> {
    return this.plant({ operation, ...scope, fault });
  }

  async faults(): Promise<Planted[]> {
    const { faults } = await this.#ask(z.object({ faults: z.array(plantedShape) }), 'GET', '/faults');
    return faults;
  }

  async removeFault(id: string): Promise<void> {
    await this.#ask(anything, 'DELETE', `/faults/${encodeURIComponent(id)}`);
  }

  /** Takes away every fault, the throttle and the retirement. People and journal stay. */
  async clear(): Promise<void> {
    await this.#ask(anything, 'DELETE', '/faults');
    await this.throttle(null);
    await this.retire(false);
  }

  /** Lets through this many calls a second, all of them for null. */
  async throttle(callsPerSecond: number | null, retryAfterSeconds?: number): Promise<void> {
    await this.#ask(anything, 'PUT', '/throttle', { callsPerSecond, retryAfterSeconds });
  }

  /** Lets so many people a minute join, leave, and get another plan by themselves; nobody for what is left out. */
  async live(pace: { joins?: number; leaves?: number; changes?: number }): Promise<void> {
    await this.#ask(anything, 'PUT', '/life', pace);
  }

  /** Puts the service out of service, or back. */
  async retire(retired = true): Promise<void> {
    await this.#ask(anything, 'PUT', '/retired', { retired });
  }

  /** Every write after an entry, oldest first. */
  async journal(after = 0): Promise<JournalEntry[]> {
    const { entries } = await this.#ask(z.object({ entries: z.array(entryShape) }), 'GET', `/journal?after=${after}`);
    const last = entries.at(-1);
    return last && entries.length === 10_000 ? [...entries, ...(await this.journal(last.seq))] : entries;
  }

  /** The last 10,000 requests, oldest first. */
  async calls(after = 0): Promise<Call[]> {
    const { calls } = await this.#ask(z.object({ calls: z.array(callShape) }), 'GET', `/calls?after=${after}`);
    return calls;
  }

  /** Changes a user as somebody would outside the API. */
  async changeOutside(accountId: string, userId: string, members: ChimeUserMembers): Promise<ChimeUser> {
    const { User } = await this.#ask(userShape, 'PUT', pathOf(accountId, userId), members);
    return User;
  }

  async addUser(accountId: string, members: ChimeUserMembers & { UserId?: string }): Promise<ChimeUser> {
    const { User } = await this.#ask(userShape, 'POST', pathOf(accountId), members);
    return User;
  }

  async removeUser(accountId: string, userId: string): Promise<void> {
    await this.#ask(anything, 'DELETE', pathOf(accountId, userId));
  }

  /** Has people and journal copied into a new file, by Local Chime itself. */
  async copyTo(file: string): Promise<void> {
    await this.#ask(anything, 'POST', '/copy', { file });
  }

  /** Back to the example organisation, with no fault, no throttle, no retirement, and nothing in the journal. */
  async reset(): Promise<void> {
    await this.#ask(anything, 'POST', '/reset');
  }

  async #ask<Answer>(shape: z.ZodType<Answer>, method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(`${this.#endpoint}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.#token}` },
      body: body === undefined ? undefined : JSON.stringify(body),
      cache: 'no-store',
    });
    const answer: unknown = response.status === 204 ? undefined : await response.json();
    if (response.ok) return shape.parse(answer);
    const reason = errorShape.safeParse(answer).data?.error ?? 'no reason given';
    throw new Error(`Local Chime's control port answers ${response.status}: ${reason}`);
  }
}

function pathOf(accountId: string, userId?: string): string {
  const users = `/accounts/${encodeURIComponent(accountId)}/users`;
  return userId === undefined ? users : `${users}/${encodeURIComponent(userId)}`;
}
