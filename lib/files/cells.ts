import { unguarded } from '../csv.ts';
import { type License, licenses } from '../licenses/license.ts';
import { cleanPerson } from '../matching/clean-person.ts';
import { uuidFrom } from '../matching/person-ref.ts';
import { streamSafe } from '../plain-text.ts';
import { plan } from '../texts/words.ts';

/** What a cell says: without what guards it from being a formula, and without what is not seen around it. */
export const meaningOf = (cell: string | undefined): string => trimmed(unguarded(cell ?? ''), isUnseen);

const isUnseen = (character: string): boolean => /^[\s\p{Cf}]$/u.test(character);

/** A text without the characters around it that `isAround` names. Looks at each of them once. */
export function trimmed(text: string, isAround: (character: string) => boolean): string {
  let start = 0;
  let end = text.length;
  for (let next = characterAt(text, start); start < end && isAround(next); next = characterAt(text, start)) {
    start += next.length;
  }
  for (let last = characterBefore(text, end); end > start && isAround(last); last = characterBefore(text, end)) {
    end -= last.length;
  }
  return text.slice(start, end);
}

const characterAt = (text: string, at: number): string => String.fromCodePoint(text.codePointAt(at) ?? 0);

const characterBefore = (text: string, at: number): string =>
  /[\udc00-\udfff]/.test(text.charAt(at - 1)) && at > 1 ? characterAt(text, at - 2) : text.charAt(at - 1);

/** Whether a cell holds an e-mail address, however it is copied. */
export function isAddressCell(cell: string): boolean {
  const cleaned = cleanPerson(cell);
  return 'ref' in cleaned && cleaned.ref.email !== null;
}

/** Whether a cell holds a user ID in the form that Chime gives them. */
export function isUuidCell(cell: string): boolean {
  const cleaned = cleanPerson(cell);
  return 'ref' in cleaned && cleaned.ref.email === null && uuidFrom(cleaned.ref.userId ?? '') !== undefined;
}

/** Whether a cell could be an ID of another form: one word with a digit in it. */
export const isNumberedId = (cell: string): boolean => 'ref' in cleanPerson(cell) && !isAddressCell(cell);

/** Letters and digits of a name or heading, in one case: `E-mail`, `e_mail` and `Email ` are the same. */
export const bareName = (text: string): string =>
  streamSafe(text)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');

const licenseByName = new Map(
  licenses.flatMap((license) => [license, plan(license)].map((name) => [bareName(name), license])),
);

/** The license that a cell names, in whatever case and as Chime or Carillon writes it. */
export const licenseNamed = (text: string): License | undefined =>
  text.length > longestName ? undefined : licenseByName.get(bareName(text));

const longestName = 100;
