import { createHash, createHmac, type KeyObject } from 'node:crypto';
import { type Cut, cutFrom } from './cut.ts';

/**
 * What an entry says, in the order in which its seal covers it: every column but the seal's own. Moments are UTC to the
 * microsecond, as PostgreSQL keeps them (`2026-11-25T09:30:00.123456Z`), numbers are decimal, and nothing is left out.
 *
 * A form never changes once entries have been sealed in it: another fact is another form, with a list of its own.
 */
const form1 = [
  'sequence',
  'at',
  'action',
  'operatorId',
  'operatorName',
  'operatorRole',
  'requestId',
  'awsRequestId',
  'accountId',
  'userId',
  'userName',
  'from',
  'to',
  'why',
  'outcome',
  'failure',
  'changeId',
  'fact',
  'was',
  'became',
  'since',
] as const;

const form2 = [
  'sequence',
  'at',
  'action',
  'operatorId',
  'operatorName',
  'operatorRole',
  'requestId',
  'awsRequestId',
  'accountId',
  'userId',
  'userName',
  'from',
  'to',
  'why',
  'outcome',
  'failure',
  'changeId',
  'fact',
  'was',
  'became',
  'since',
  'batchId',
] as const;

/** With what tells operators and people of one name apart, tokens, attempts that were refused, and exports. */
const form3 = [
  'sequence',
  'at',
  'action',
  'operatorId',
  'operatorName',
  'operatorRole',
  'requestId',
  'awsRequestId',
  'accountId',
  'userId',
  'userName',
  'from',
  'to',
  'why',
  'outcome',
  'failure',
  'changeId',
  'fact',
  'was',
  'became',
  'since',
  'batchId',
  'operatorLogin',
  'userEmail',
  'tokenId',
  'tokenName',
  'attempt',
  'refusal',
  'exported',
  'filter',
  'count',
] as const;

/** With what a change did to end dates of plans. */
const form4 = [
  'sequence',
  'at',
  'action',
  'operatorId',
  'operatorName',
  'operatorRole',
  'requestId',
  'awsRequestId',
  'accountId',
  'userId',
  'userName',
  'from',
  'to',
  'why',
  'outcome',
  'failure',
  'changeId',
  'fact',
  'was',
  'became',
  'since',
  'batchId',
  'operatorLogin',
  'userEmail',
  'tokenId',
  'tokenName',
  'attempt',
  'refusal',
  'exported',
  'filter',
  'count',
  'removedEnd',
  'earlierEnd',
  'earlierEndIs',
] as const;

/** The facts of the newest form. */
export const factNames = form4;
export type FactName = (typeof factNames)[number];

export type EntryFacts = Record<FactName, string | null>;

/** How an entry is sealed. All three are null for entries from before there was a chain. */
export type Seal = { form: number | null; keyId: string | null; hmac: string | null };

/** An entry as it is kept, and as it stands on a line of an export. */
export type SealedEntry = EntryFacts & Seal;

/** An entry of which nothing is known. */
export const nothing: SealedEntry = {
  sequence: null,
  at: null,
  action: null,
  operatorId: null,
  operatorName: null,
  operatorRole: null,
  requestId: null,
  awsRequestId: null,
  accountId: null,
  userId: null,
  userName: null,
  from: null,
  to: null,
  why: null,
  outcome: null,
  failure: null,
  changeId: null,
  fact: null,
  was: null,
  became: null,
  since: null,
  batchId: null,
  operatorLogin: null,
  userEmail: null,
  tokenId: null,
  tokenName: null,
  attempt: null,
  refusal: null,
  exported: null,
  filter: null,
  count: null,
  removedEnd: null,
  earlierEnd: null,
  earlierEndIs: null,
  form: null,
  keyId: null,
  hmac: null,
};

export type AuditKey = { id: string; key: KeyObject };

/** What the first entry of a log takes for the seal of the one before it. */
export const genesis = '';

/** How entries are sealed now. Another set of facts, or another way to write them, is a form of its own. */
const form = 4;

/** What the hashes of entries from before the chain cover. */
export const beforeChain: readonly FactName[] = form1;

/** What the seals of each form cover; 0 is the hash of entries from before the chain. */
const namesByForm = new Map<number, readonly FactName[]>([
  [0, beforeChain],
  [1, form1],
  [2, form2],
  [3, form3],
  [4, form4],
]);

/** The facts that an entry of each form cannot have: its seal would not cover them. */
const uncoveredByForm = new Map(
  [...namesByForm].map(([kind, names]) => [kind, factNames.filter((name) => !names.includes(name))]),
);

/**
 * The text that is sealed: one JSON array as RFC 8785 writes it. Strings are quoted and escaped, so no text can run over
 * into its neighbour, and null is no string.
 */
function canonical(entry: EntryFacts, kind: number, keyId: string | null, previous: string): string {
  const names = namesByForm.get(kind) ?? factNames;
  return JSON.stringify(['carillon-audit', kind, keyId, previous, ...names.map((name) => entry[name])]);
}

/** The seal of an entry that follows the one with this seal. */
function hmacOf(entry: EntryFacts, { id, key }: AuditKey, previous: string, kind = form): string {
  return createHmac('sha256', key)
    .update(canonical(entry, kind, id, previous))
    .digest('base64url');
}

/** Entries from before the chain have no seal: they are hashed, and the first sealed entry after them holds the hash. */
export function hashOf(entry: EntryFacts, previous: string): string {
  return createHash('sha256')
    .update(canonical(entry, 0, null, previous))
    .digest('base64url');
}

/** The seal as it is kept beside the entry. */
export function sealOf(entry: EntryFacts, key: AuditKey, previous: string): Seal & { hmac: string } {
  return { form, keyId: key.id, hmac: hmacOf(entry, key, previous) };
}

/** The members of an entry on a line of an export, in their order. */
export const lineNames = lineOfForm(form4);

/** The members of a line of every form: an export that was made before the newest form came has none of its facts. */
export const allLineNames: readonly (readonly LineName[])[] = [form1, form2, form3, form4].map(lineOfForm);

type LineName = keyof SealedEntry;

function lineOfForm(names: readonly FactName[]): readonly LineName[] {
  return [...names, 'form', 'keyId', 'hmac'];
}

/** An entry as one line of an export, without the line feed. The same entry is always the same line. */
export function lineOf(entry: SealedEntry): string {
  return JSON.stringify(Object.fromEntries(lineNames.map((name) => [name, entry[name]])));
}

/** What is wrong with an entry, or with a log. */
export type BreakKind =
  | 'unreadable'
  | 'edited'
  | 'missing'
  | 'misplaced'
  | 'unsealed'
  | 'unknown-key'
  | 'old-key'
  | 'unproven'
  | 'checkpoint'
  | 'torn-checkpoint'
  | 'checkpoint-key'
  | 'no-checkpoints'
  | 'cut';

/** Where a log is first seen not to be what was written, in terms of the entry's sequence where it has one. */
export type Break = { kind: BreakKind; sequence: string | null; expected?: string };

/** What a walk along the chain has seen so far. */
export type Walk = {
  last: string | null;
  previous: string;
  /** The keys met so far, the one in use last: a chain goes on to another key and never back. */
  keyIds: readonly string[];
  entries: number;
  unsealed: number;
  /** The first entry, where others were before it: an entry that follows must tell of their cut, with the seal that this one follows. */
  opening: SealedEntry | null;
  cut: Cut | null;
};

export const start: Walk = {
  last: null,
  previous: genesis,
  keyIds: [],
  entries: 0,
  unsealed: 0,
  opening: null,
  cut: null,
};

/** One entry further along the chain; or what is wrong with it. */
export function walk(state: Walk, entry: SealedEntry, keys: ReadonlyMap<string, KeyObject>): Walk | Break {
  const { sequence, form: kind, keyId, hmac } = entry;
  if (sequence === null || !/^[1-9]\d{0,18}$/.test(sequence)) return { kind: 'unreadable', sequence };
  const step = BigInt(sequence) - BigInt(state.last ?? 0);
  if (step <= 0n) return { kind: 'misplaced', sequence };

  if (uncoveredByForm.get(kind ?? 0)?.some((name) => entry[name] !== null)) return { kind: 'edited', sequence };
  if (kind === null && keyId === null && hmac === null) {
    if (state.keyIds.length > 0) return { kind: 'unsealed', sequence };
    const previous = hashOf(entry, state.previous);
    return { ...state, last: sequence, previous, entries: state.entries + 1, unsealed: state.unsealed + 1 };
  }
  if (kind === null || kind === 0 || !namesByForm.has(kind) || keyId === null || hmac === null)
    return { kind: 'unreadable', sequence };
  // Entries from before the chain may have gaps between them; after the last of them there is none any more.
  const isOpening = state.last === null && step !== 1n;
  if (step !== 1n && !isOpening) return { kind: 'missing', sequence, expected: String(BigInt(state.last ?? 0) + 1n) };
  const key = keys.get(keyId);
  if (!key) return { kind: 'unknown-key', sequence, expected: keyId };
  if (keyId !== state.keyIds.at(-1) && state.keyIds.includes(keyId))
    return { kind: 'old-key', sequence, expected: keyId };
  if (!isOpening && hmacOf(entry, { id: keyId, key }, state.previous, kind) !== hmac)
    return { kind: 'edited', sequence };
  const keyIds = keyId === state.keyIds.at(-1) ? state.keyIds : [...state.keyIds, keyId];
  const next = { ...state, last: sequence, previous: hmac, keyIds, entries: state.entries + 1 };
  return isOpening ? { ...next, opening: entry } : afterCut(next, entry, keys);
}

/** Whether an entry that tells of a cut is the one that the first entry needs; then that one follows the seal of what was cut. */
function afterCut(state: Walk, entry: SealedEntry, keys: ReadonlyMap<string, KeyObject>): Walk | Break {
  const { opening } = state;
  const cut = cutFrom(entry);
  if (!opening || !cut || BigInt(cut.last) + 1n !== BigInt(opening.sequence ?? 0)) return state;
  const { form: kind, keyId, hmac } = opening;
  const key = keys.get(keyId ?? '');
  if (kind === null || keyId === null || !key || hmacOf(opening, { id: keyId, key }, cut.hmac, kind) !== hmac) {
    return { kind: 'edited', sequence: opening.sequence };
  }
  return { ...state, opening: null, cut };
}

/** What a whole walk still lacks: entries before the first one, of whose cut no entry tells. */
export function lackOf({ opening }: Walk): Break | undefined {
  return opening ? { kind: 'missing', sequence: opening.sequence, expected: '1' } : undefined;
}
