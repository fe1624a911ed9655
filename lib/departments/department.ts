import { licenses as knownLicenses } from '../licenses/license.ts';
import { noValue } from '../search/filter.ts';

/** The file that told which department people are of, and how it was understood; `uploadedAt` is ISO-8601. */
export type DepartmentFile = {
  accountId: string;
  name: string;
  lines: number;
  /** People who were found, lines of nobody known, and lines that are not clear. */
  matched: number;
  unmatched: number;
  unclear: number;
  uploadedBy: string;
  uploadedAt: string;
};

/** So many people of a department have a license, as counts name it; null: no file says which department they are of. */
export type DepartmentCount = { department: string | null; license: string; people: number };

/** A department with the people of each license. */
export type DepartmentRow = { department: string | null; people: number; licenses: Record<string, number> };

/** Departments with the most people first; the rest of them as one, `departments` of them; null where there are no others. */
export type Breakdown = {
  licenses: string[];
  rows: DepartmentRow[];
  others: (Omit<DepartmentRow, 'department'> & { departments: number }) | null;
};

/** Sums counts by department, and keeps the largest `most` apart from the others. */
export function breakdownOf(counts: DepartmentCount[], most: number): Breakdown {
  const byDepartment = new Map<string | null, DepartmentRow>();
  for (const { department, license, people } of counts) {
    const row = byDepartment.get(department) ?? { department, people: 0, licenses: {} };
    byDepartment.set(department, row);
    row.people += people;
    row.licenses[license] = (row.licenses[license] ?? 0) + people;
  }
  const ordered = [...byDepartment.values()].sort((one, other) => other.people - one.people);
  const rest = ordered.slice(most);
  const others = { departments: rest.length, ...summed(rest) };
  return { licenses: licensesIn(counts), rows: ordered.slice(0, most), others: rest.length === 0 ? null : others };
}

function summed(rows: DepartmentRow[]): Omit<DepartmentRow, 'department'> {
  const licenses: Record<string, number> = {};
  let people = 0;
  for (const row of rows) {
    people += row.people;
    for (const [license, count] of Object.entries(row.licenses)) licenses[license] = (licenses[license] ?? 0) + count;
  }
  return { people, licenses };
}

/** As Chime documents them, then others by name, then those that Chime says nothing of. */
function licensesIn(counts: DepartmentCount[]): string[] {
  const there = new Set(counts.map(({ license }) => license));
  const known: string[] = knownLicenses.filter((license) => there.has(license));
  const others = [...there].filter((license) => !known.includes(license) && license !== noValue).sort();
  return [...known, ...others, ...(there.has(noValue) ? [noValue] : [])];
}
