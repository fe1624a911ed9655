import type { FileRow } from '../../lists/file.ts';

/** The lines that name one person, as far as the file alone can tell. */
type Group = { first: FileRow; into: Group | null; differing: FileRow | null };

/**
 * Keeps the lines of a file apart by person: those with the same ID are about one person, and so are those with the same address
 * unless all of them have IDs of their own. Each line is looked up a constant number of times, however many there are.
 */
export class NamedPeople {
  #rows: { row: FileRow; group: Group }[] = [];
  #byId = new Map<string, Group>();
  #byAddress = new Map<string, { group: Group | null; withIds: Group[] }>();

  add(row: FileRow): void {
    const group: Group = { first: row, into: null, differing: null };
    this.#rows.push({ row, group });
    const { userId, email, upn } = row.ref;
    if (userId !== null) {
      const key = userId.toLowerCase();
      const known = this.#byId.get(key);
      if (known) join(known, group);
      else this.#byId.set(key, group);
    }
    for (const address of new Set([email?.toLowerCase(), upn?.toLowerCase()])) {
      if (address !== undefined) this.#addByAddress(address, group, userId !== null);
    }
  }

  #addByAddress(address: string, group: Group, hasId: boolean): void {
    const known = this.#byAddress.get(address) ?? { group: null, withIds: [] };
    this.#byAddress.set(address, known);
    if (known.group) join(known.group, group);
    else if (hasId) known.withIds.push(group);
    else {
      known.group = group;
      for (const one of known.withIds) join(one, group);
      known.withIds = [];
    }
  }

  /**
   * The lines to be used, in the order of the file, without those that only repeat another; how many do so; and the lines that
   * are not used because another one, `otherLine`, says something else of the same person.
   */
  end(): { rows: FileRow[]; duplicates: number; contradicted: { row: FileRow; otherLine: number }[] } {
    const rows: FileRow[] = [];
    const contradicted: { row: FileRow; otherLine: number }[] = [];
    const seen = new Set<string>();
    let duplicates = 0;
    for (const { row, group } of this.#rows) {
      const { first, differing } = rootOf(group);
      const name = nameOf(row);
      if (differing) {
        contradicted.push({ row, otherLine: saidOf(row) === saidOf(first) ? differing.line : first.line });
      } else if (seen.has(name)) {
        duplicates += 1;
      } else {
        seen.add(name);
        rows.push(row);
      }
    }
    return { rows, duplicates, contradicted };
  }
}

const nameOf = ({ ref: { userId, email, upn } }: FileRow): string => `${userId} ${email} ${upn}`.toLowerCase();

function rootOf(group: Group): Group {
  let root = group;
  for (; root.into; root = root.into) if (root.into.into) root.into = root.into.into;
  return root;
}

/** Makes two groups one, whose first line is the earlier one. */
function join(one: Group, other: Group): void {
  const [a, b] = [rootOf(one), rootOf(other)];
  if (a === b) return;
  const [earlier, later] = a.first.line <= b.first.line ? [a, b] : [b, a];
  later.into = earlier;
  earlier.differing ??= saidOf(later.first) === saidOf(earlier.first) ? later.differing : later.first;
}

/** What a line says of its person. */
const saidOf = ({ license, department, days }: FileRow) => department ?? days ?? license;
