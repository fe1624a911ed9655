import { z } from 'zod';
import type { ChimeUser } from '../people/user.ts';

const milliseconds = z.number().int().min(0).max(3_600_000);
const status = z.number().int().min(200).max(599);

/** One way for a call to go wrong. */
const faultShape = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('error'),
    error: z.string().regex(/^[A-Za-z][A-Za-z0-9]*$/),
    status: status.optional(),
    retryAfterSeconds: z.number().min(0).optional(),
    afterApplying: z.boolean().optional(),
  }),
  // biome-ignore lint/suspicious/noThenProperty: the control port's contract names it so, and a text is never awaited.
  z.strictObject({ kind: z.literal('delay'), ms: milliseconds, then: z.literal('apply-late').optional() }),
  z.strictObject({ kind: z.literal('drop'), when: z.enum(['before', 'after']) }),
  z.strictObject({ kind: z.literal('empty'), apply: z.boolean().default(true) }),
  z.strictObject({ kind: z.literal('html'), status, apply: z.boolean().default(false) }),
  z.strictObject({ kind: z.literal('nulls') }),
  z.strictObject({ kind: z.literal('stale'), ms: milliseconds }),
  z.strictObject({ kind: z.literal('numeric-timestamps') }),
  z.strictObject({
    kind: z.literal('listing'),
    users: z.enum(['none', 'twice']).optional(),
    nextToken: z.string().nullable().optional(),
  }),
]);

/** A fault, the calls it is meant for, and for how many of them (0: until it is cleared). */
export const plantShape = z.strictObject({
  operation: z.string().optional(),
  accountId: z.string().optional(),
  userId: z.string().optional(),
  count: z.number().int().min(0).default(1),
  fault: faultShape,
});

/** A fault that waits for its calls; `count` is how many are left. */
export const plantedShape = plantShape.extend({ id: z.string() });

export type Fault = z.output<typeof faultShape>;
export type Plant = z.input<typeof plantShape>;
export type Planted = z.output<typeof plantedShape>;

type ErrorFault = Extract<Fault, { kind: 'error' }>;

/** The call that a fault is looked for. */
export type Target = { operation: string; accountId: string | null; userIds: readonly string[] };

/** What awaits one call. `byUser` are the errors planted for single users of a batch. */
export type Fate = { delay: number; fault: Fault | undefined; byUser: Map<string, ErrorFault> };

/** The faults planted through the control port, in the order they were posted. */
export class Faults {
  #planted: Planted[] = [];
  #next = 1;
  readonly #stale = new Map<string, { license: string | null; until: number }>();

  plant(plant: z.output<typeof plantShape>): Planted {
    const planted = { ...plant, id: `${this.#next}` };
    this.#next += 1;
    this.#planted.push(planted);
    return planted;
  }

  list(): Planted[] {
    return [...this.#planted];
  }

  remove(id: string): boolean {
    const before = this.#planted.length;
    this.#planted = this.#planted.filter((planted) => planted.id !== id);
    return this.#planted.length < before;
  }

  clear(): void {
    this.#planted = [];
    this.#stale.clear();
  }

  /** Draws the fate of a call: the first fault that matches it; after a delay, the next one that is none too. */
  take(target: Target): Fate {
    const fate: Fate = { delay: 0, fault: undefined, byUser: new Map() };
    if (this.#planted.length === 0) return fate;
    if (target.operation === 'BatchUpdateUser') fate.byUser = this.#takeByUser(target);
    const first = this.#takeFirst((planted) => concerns(planted, target) && !isForOneOfBatch(planted, target));
    if (first?.fault.kind !== 'delay') return { ...fate, fault: first?.fault };
    const next = this.#takeFirst(
      (planted) => concerns(planted, target) && !isForOneOfBatch(planted, target) && planted.fault.kind !== 'delay',
    );
    return { ...fate, delay: first.fault.ms, fault: next?.fault };
  }

  /** Lets readers go on seeing a user's old license for a while. */
  hide({ AccountId, UserId, LicenseType }: ChimeUser, ms: number): void {
    this.#stale.set(userKey(AccountId, UserId), { license: LicenseType ?? null, until: performance.now() + ms });
  }

  /** The user as readers see it. */
  seen(user: ChimeUser): ChimeUser {
    if (this.#stale.size === 0) return user;
    const key = userKey(user.AccountId, user.UserId);
    const stale = this.#stale.get(key);
    if (!stale) return user;
    if (stale.until > performance.now()) return { ...user, LicenseType: stale.license };
    this.#stale.delete(key);
    return user;
  }

  #takeByUser(target: Target): Fate['byUser'] {
    const byUser: Fate['byUser'] = new Map();
    for (const userId of target.userIds) {
      const found = this.#takeFirst(
        (planted) => planted.userId === userId && concerns(planted, target) && isForOneOfBatch(planted, target),
      );
      if (found?.fault.kind === 'error') byUser.set(userId, found.fault);
    }
    return byUser;
  }

  #takeFirst(matches: (planted: Planted) => boolean): Planted | undefined {
    const found = this.#planted.find(matches);
    if (!found || found.count === 0) return found;
    if (found.count === 1) this.remove(found.id);
    else found.count -= 1;
    return found;
  }
}

function concerns({ operation, accountId, userId }: Planted, target: Target): boolean {
  return (
    (operation === undefined || operation === target.operation) &&
    (accountId === undefined || accountId === target.accountId) &&
    (userId === undefined || target.userIds.includes(userId))
  );
}

/** An error for one person fails that person of a batch, not the batch. */
function isForOneOfBatch({ userId, fault }: Planted, { operation }: Target): boolean {
  return operation === 'BatchUpdateUser' && userId !== undefined && fault.kind === 'error';
}

function userKey(accountId: string, userId: string): string {
  return JSON.stringify([accountId, userId]);
}
