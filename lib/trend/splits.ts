import type { Cell } from './comparison.ts';

/** How many people got a license and how many had it no more, those who joined and left among them. */
export type UpDown = { up: number; down: number };

/** What one group of people, or one operator or batch, did to the counts, by license. */
type SplitRow<Group> = { group: Group; people: number; licenses: Record<string, UpDown> };

/** The groups with the most people, largest first, and the rest of them as one: `groups` of them; null where there are no others. */
export type Split<Group> = {
  rows: SplitRow<Group>[];
  others: (Omit<SplitRow<Group>, 'group'> & { groups: number }) | null;
};

/** Sums cells by group, and keeps the largest `most` groups apart from the others. */
export function splitOf<One extends Cell, Group>(
  cells: One[],
  groupOf: (cell: One) => Group,
  most: number,
): Split<Group> {
  const groups = new Map<string, SplitRow<Group>>();
  for (const cell of cells) {
    const group = groupOf(cell);
    const key = JSON.stringify(group);
    const row = groups.get(key) ?? { group, people: 0, licenses: {} };
    groups.set(key, row);
    row.people += cell.people;
    addTo(row.licenses, cell);
  }
  const ordered = [...groups.values()].sort((one, other) => other.people - one.people);
  const rest = ordered.slice(most);
  return { rows: ordered.slice(0, most), others: rest.length === 0 ? null : togetherOf(rest) };
}

function addTo(licenses: Record<string, UpDown>, { from, to, people }: Cell): void {
  if (to !== null) upDownOf(licenses, to).up += people;
  if (from !== null) upDownOf(licenses, from).down += people;
}

function upDownOf(licenses: Record<string, UpDown>, license: string): UpDown {
  const known = licenses[license] ?? { up: 0, down: 0 };
  licenses[license] = known;
  return known;
}

function togetherOf<Group>(rows: SplitRow<Group>[]): NonNullable<Split<Group>['others']> {
  const licenses: Record<string, UpDown> = {};
  for (const row of rows) {
    for (const [license, { up, down }] of Object.entries(row.licenses)) {
      const sum = upDownOf(licenses, license);
      sum.up += up;
      sum.down += down;
    }
  }
  return { groups: rows.length, people: rows.reduce((sum, { people }) => sum + people, 0), licenses };
}
