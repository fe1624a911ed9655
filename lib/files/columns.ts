import { bareName, isEmail, isUserId, licenseNamed, meaningOf } from './cells.ts';
import type { ColumnRole, Columns } from './file.ts';

/** How a table was understood: its headings, if it has any, and which column holds what. */
export type Layout = { header: string[] | null; columns: Columns };

/** Headings as people, other programs and our own export write them; the first that is there is taken. */
const headings: Record<ColumnRole, string[]> = {
  email: ['email', 'emailaddress', 'primaryemail', 'useremail', 'mail', 'mailaddress', 'userprincipalname', 'upn'],
  userId: ['userid', 'chimeuserid', 'chimeid'],
  license: [
    ...['newlicense', 'newlicence', 'newplan', 'license', 'licence', 'licensetype', 'licencetype', 'plan'],
    ...['licenseplan', 'licenceplan'],
  ],
  reason: ['reason', 'why', 'note', 'notes', 'comment', 'comments'],
};
const roleNames = new Set(Object.values(headings).flat());

/** Guesses by the headings and, where those do not tell, by what the first records hold. */
export function layoutOf(records: string[][]): Layout {
  const cells = records.map((record) => record.map(meaningOf));
  const [first] = cells;
  if (!first || !isHeader(first)) return { header: null, columns: columnsByContent(cells, {}) };
  return { header: first, columns: columnsByContent(cells.slice(1), columnsByName(first)) };
}

/** How many cells are clearly a heading, a person or a license. */
export const recognised = (record: string[]): number =>
  record.map(meaningOf).filter((cell) => isHeading(cell) || isPerson(cell) || licenseNamed(cell)).length;

const isHeading = (cell: string) => roleNames.has(bareName(cell));

const isUuid = (cell: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(cell);

const isPerson = (cell: string) => isEmail(cell) || isUuid(cell);

/** An ID that is no word. */
const isNumberedId = (cell: string) => /\d/.test(cell) && isUserId(cell);

/** Where nothing in the first line is a heading we know, it is still one as long as nothing in it looks like data. */
function isHeader(first: string[]): boolean {
  if (first.some(isPerson)) return false;
  return first.some(isHeading) || !first.some((cell) => isNumberedId(cell) || licenseNamed(cell));
}

function columnsByName(header: string[]): Columns {
  const names = header.map(bareName);
  const columns: Columns = {};
  for (const role of ['email', 'userId', 'license', 'reason'] as const) {
    const heading = headings[role].find((name) => names.includes(name));
    if (heading !== undefined) columns[role] = names.indexOf(heading);
  }
  // Beside an address, an `ID` is as likely to be a personnel number.
  if (columns.email === undefined && columns.userId === undefined && names.includes('id')) {
    columns.userId = names.indexOf('id');
  }
  return columns;
}

/** Adds who it is about, and the license, where the headings do not say it. A reason is never guessed. */
function columnsByContent(records: string[][], known: Columns): Columns {
  const columns = { ...known };
  const width = Math.max(0, ...records.map(({ length }) => length));
  const free = (index: number) => !Object.values(columns).includes(index);
  const fullOf = (holds: (cell: string) => unknown, share: number) => {
    for (let index = 0; index < width; index += 1) {
      const filled = records.map((record) => record[index] ?? '').filter((cell) => cell !== '');
      if (free(index) && filled.length > 0 && filled.filter(holds).length >= share * filled.length) return index;
    }
    return undefined;
  };
  const add = (role: ColumnRole, index: number | undefined) => {
    if (index !== undefined) columns[role] = index;
  };
  if (columns.email === undefined && columns.userId === undefined) {
    add('email', fullOf(isEmail, 0.5));
    add('userId', fullOf(isUuid, 0.5));
    if (columns.email === undefined && columns.userId === undefined) add('userId', fullOf(isNumberedId, 0.5));
  }
  if (columns.license === undefined) add('license', fullOf(licenseNamed, 1));
  return columns;
}
