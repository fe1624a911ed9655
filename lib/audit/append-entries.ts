import { type Database, type Executor, isRefusedRow } from '../db/database.ts';
import { measured } from '../measured.ts';
import { openGroups } from '../queues/group-work.ts';
import { type AuditKey, type EntryFacts, factNames, nothing, sealOf } from './chain.ts';
import { type AuditKeys, auditKeys } from './keys.ts';
import { insertEntries, lockHead } from './ledger-store.ts';

/**
 * What is known of an entry before it has its place in the log; what is left out is null. The operator's user name or e-mail
 * is added from the database where it is left out.
 */
export type NewFacts = Partial<Omit<EntryFacts, 'sequence' | 'at'>> & {
  action: string;
  outcome: 'applied' | 'failed';
  requestId: string;
};

/** Another key has sealed the log so far: entries sealed with ours would never be believed. */
export class WrongAuditKey extends Error {
  override name = 'WrongAuditKey';
  readonly forLog: string;
  constructor(headKeyId: string, ours: string) {
    super(`The audit is sealed with the key ${headKeyId}, and AUDIT_KEY is the key ${ours}: see docs/operating.md`);
    this.forLog = 'The audit is sealed with another key than AUDIT_KEY: see docs/operating.md';
  }
}

/**
 * Adds entries to the log, each sealed with the one before it, at the time of the database's clock. Runs in the transaction of
 * what they record, and should be the last it does: from here to its end nobody else can add any.
 */
export async function appendEntries(trx: Executor, entries: NewFacts[], keys: AuditKeys = auditKeys()): Promise<void> {
  if (entries.length === 0) return;
  const facts = entries.map(factsOf);
  const head = await lockHead(trx, [...new Set(facts.flatMap(({ operatorId }) => operatorId ?? []))]);
  refuseWrongKey(head.keyId, keys);
  let previous = head.hmac;
  let sequence = BigInt(head.sequence);
  const sealed = facts.map((entry) => {
    sequence += 1n;
    const operatorLogin = entry.operatorLogin ?? head.logins[entry.operatorId ?? ''] ?? null;
    const placed: EntryFacts = { ...entry, operatorLogin, sequence: String(sequence), at: head.at };
    const seal = sealOf(placed, keys.current, previous);
    previous = seal.hmac;
    return { ...placed, ...seal };
  });
  await insertEntries(trx, sealed);
  for (const { action, outcome, failure } of entries) {
    if (changes.includes(action)) measured.emit('change', { outcome, code: failure ?? 'none' });
  }
}

/** The entries that are about one person's plan, changed or not. */
const changes = ['change', 'undo', 'ending'];

/** The chain goes from the previous key to the current one, and never back. */
export function refuseWrongKey(headKeyId: string | null, { current, previous }: AuditKeys): void {
  if (headKeyId === null || headKeyId === current.id || headKeyId === previous?.id) return;
  throw new WrongAuditKey(headKeyId, current.id);
}

/** The IDs of the keys after whose entries this process may add its own. */
export const welcomeKeyIds = ({ current, previous }: AuditKeys): string[] =>
  [current, previous].flatMap((key: AuditKey | undefined) => (key ? [key.id] : []));

type Facts = Omit<EntryFacts, 'sequence' | 'at'>;

/** As the database will give it back: what it cannot keep is replaced before it is sealed, or the entry is refused. */
function factsOf(entry: NewFacts): Facts {
  const facts: Partial<Facts> = {};
  for (const name of factNames) if (name !== 'sequence' && name !== 'at') facts[name] = textOf(entry[name]);
  return {
    ...nothing,
    ...facts,
    requestId: idOf(entry.requestId),
    changeId: idOf(entry.changeId),
    batchId: idOf(entry.batchId),
    tokenId: idOf(entry.tokenId),
  };
}

/** PostgreSQL keeps neither a NUL nor half of a surrogate pair. */
const textOf = (text: string | null | undefined) => text?.toWellFormed().replaceAll('\0', '\ufffd') ?? null;

function idOf(id: string | null | undefined): string | null {
  if (id === null || id === undefined) return null;
  const lower = id.toLowerCase();
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(lower)) throw new TypeError('Not an ID of ours.');
  return lower;
}

const groups = new WeakMap<Database, (entry: NewFacts) => Promise<void>>();

/**
 * Adds an entry in a transaction of its own. Entries that come while one is being written go together in the next, so that
 * a storm of them takes one connection, and one wait for the disk for all of them.
 */
export function appendAlone(db: Database, entry: NewFacts): Promise<void> {
  const append =
    groups.get(db) ??
    openGroups<NewFacts>({
      most: 500,
      keyOf: () => '',
      run: (entries) => db.transaction().execute((trx) => appendEntries(trx, entries)),
      isAboutOne: (error) => error instanceof TypeError || isRefusedRow(error),
    });
  groups.set(db, append);
  return append(entry);
}
