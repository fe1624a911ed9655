import { unguarded } from '../csv.ts';
import { chimeId } from '../id.ts';
import { type License, licenses } from '../licenses/license.ts';
import { isAddress } from '../people/person-ref.ts';
import { plan } from '../texts/words.ts';

const invisibleAround = /^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu;

/** What a cell says: without what guards it from being a formula, and what nobody sees around it. */
export const meaningOf = (cell: string | undefined): string => unguarded(cell ?? '').replace(invisibleAround, '');

export const isEmail = (text: string): boolean => isAddress(text);

export const isUserId = (text: string): boolean => chimeId.safeParse(text).success;

/** Letters and digits of a name or heading, in one case: `E-mail`, `e_mail` and `Email ` are the same. */
export const bareName = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');

const licenseByName = new Map(
  licenses.flatMap((license) => [license, plan(license)].map((name) => [bareName(name), license])),
);

/** The license that a cell names, in whatever case and as Chime or Carillon writes it. */
export const licenseNamed = (text: string): License | undefined => licenseByName.get(bareName(text));

const longestShown = 100;

/** As much of a cell as is shown where a line is talked about. */
export const shown = (text: string): string =>
  text.length > longestShown ? `${text.slice(0, longestShown - 1).toWellFormed()}…` : text;
