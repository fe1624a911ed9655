import { namesIn, trimmed } from '../matching/clean-person.ts';
import type { Complaint } from '../matching/complaint.ts';
import { type PersonRef, textOfRef } from '../matching/person-ref.ts';
import { separatesPeople } from './separators.ts';

/** People a pasted list may name. */
export const maxEntries = 500;

/** Longer texts are no list: an address has at most 320 signs, and there may be names around it. */
export const longestList = 400_000;

/** Somebody a list names, and on which line; lines count from 1, and a list of one line has no numbers. */
export type ListEntry = { line: number | null; ref: PersonRef };

/** What nobody can be read from, and on which line; of a longer text, its beginning. `complaints`: what is wrong with it, of a file. */
export type UnreadLine = { line: number | null; text: string; complaints?: Complaint[] };

/**
 * How people stand on a line. any: one after another, or in a row of cells of which those without an address or ID belong to
 * the person. commas: one after another only.
 */
export type LineForm = 'any' | 'commas';

/**
 * The people that a pasted text names, each once and in order: a column or rows of a spreadsheet, recipients
 * (`Ana Silva <ana@example.com>; \u2026`), with or without quotes. A row of a spreadsheet with one address and one ID is about
 * one person, and the rest of it belongs to them. Of a line without either, and of what stands between people, nothing is guessed.
 */
export function readList(text: string, form: LineForm = 'any'): { entries: ListEntry[]; unread: UnreadLine[] } {
  const entries = new Map<string, ListEntry>();
  const unread: UnreadLine[] = [];
  const plain = text.toWellFormed().replaceAll('\0', ' ');
  const lines = plain.trimEnd().split(/\r\n|[\n\r\u2028\u2029]/);
  lines.forEach((content, index) => {
    const line = lines.length === 1 ? null : index + 1;
    const { refs, rest } = readLine(content, form);
    for (const ref of refs) {
      const key = textOfRef(ref).toLowerCase();
      if (!entries.has(key)) entries.set(key, { line, ref });
    }
    unread.push(...rest.map((part) => ({ line, text: shortened(part) })));
  });
  return { entries: [...entries.values()], unread };
}

const longestShown = 200;

const shortened = (text: string): string =>
  text.length > longestShown ? `${text.slice(0, longestShown - 1).toWellFormed()}\u2026` : text;

function readLine(content: string, form: LineForm): { refs: PersonRef[]; rest: string[] } {
  const all = trimmed(content);
  if (all === '') return { refs: [], rest: [] };
  const parts = partsOf(content);
  const isRow = form === 'any' && hasOneAddress(parts) && (content.includes('\t') || !/[,;]/.test(content));
  const refs = isRow ? refsOfRow(parts) : refsOfParts(parts);
  if (form === 'commas') return { refs, rest: betweenPeople(parts) };
  if (refs.length === 0) return { refs, rest: [all] };
  return { refs, rest: refs.length === 1 && !separatesPeople(content) ? [] : betweenPeople(parts) };
}

/** Written as loops, without arrays between: a line may have 50,000 parts. */
function partsOf(content: string): Part[] {
  const parts: Part[] = [];
  for (const raw of content.match(/[^,;\t>]+>?|>/g) ?? []) {
    const text = trimmed(raw);
    if (text !== '') parts.push({ text, raw, names: namesIn(raw) });
  }
  return parts;
}

function hasOneAddress(parts: Part[]): boolean {
  let only: string | undefined;
  for (const { names } of parts) {
    for (const address of names.addresses) {
      const lower = address.toLowerCase();
      if (only !== undefined && lower !== only) return false;
      only = lower;
    }
  }
  return only !== undefined;
}

function refsOfParts(parts: Part[]): PersonRef[] {
  const refs: PersonRef[] = [];
  for (const { names } of parts) {
    for (const address of names.addresses) refs.push(byEmail(address));
    for (const uuid of names.uuids) refs.push(byId(uuid));
    if (names.id !== null) refs.push(byId(names.id));
  }
  return refs;
}

/** A line about one person: a number beside the address is their ID, or of no account. */
function refsOfRow(parts: Part[]): PersonRef[] {
  const email = parts.flatMap(({ names }) => names.addresses)[0] ?? '';
  const uuids = parts.flatMap(({ names }) => names.uuids);
  const ids = parts.flatMap(({ names }) => names.id ?? []);
  const [userId, ...more] = uuids.length > 0 ? uuids : ids;
  if (userId === undefined || (more.length > 0 && uuids.length === 0)) return [byEmail(email)];
  if (more.length > 0) return [byEmail(email), ...uuids.map(byId)];
  return [{ userId, email, upn: null }];
}

const byEmail = (email: string): PersonRef => ({ userId: null, email, upn: null });
const byId = (userId: string): PersonRef => ({ userId, email: null, upn: null });

type Part = { text: string; raw: string; names: ReturnType<typeof namesIn> };

/** What stands between several people and is not the first half of a name, as in `Silva, Ana <ana@example.com>`. */
function betweenPeople(parts: Part[]): string[] {
  return parts.flatMap((part, index) => {
    if (isSomebody(part)) return [];
    const next = parts[index + 1];
    return next?.raw.includes('<') && isSomebody(next) ? [] : [part.text];
  });
}

const isSomebody = ({ names: { addresses, uuids, id } }: Part): boolean =>
  addresses.length + uuids.length > 0 || id !== null;
