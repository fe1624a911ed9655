import {
  type ChosenColumns,
  type ColumnReason,
  type ColumnRole,
  type Columns,
  columnRoles,
  type FileColumn,
  type FileQuestion,
  type FileUse,
  personRoles,
  rolesByUse,
  shown,
} from '../lists/file.ts';
import { exportedColumns } from '../users/export-columns.ts';
import { isAddressCell, isNumberedId, isUuidCell, licenseNamed } from './cells.ts';
import { type HeadingKind, kindOfHeading } from './headings.ts';

/** Which column holds what, how each was understood, and what only the operator can tell. */
export type Layout = { columns: Columns; table: FileColumn[]; questions: FileQuestion[] };

/** One column before anything is decided: its heading, and what the first lines hold, without empty cells. */
type Found = { heading: string; kind: HeadingKind | undefined; cells: string[] };

/**
 * Recognises what each of `width` columns holds. `header`: the headings, null where there are none; `records`: the first lines
 * below them, as what their cells say. What the operator chose counts before all else. Never guesses: where two columns
 * could be it, none is used and a question is open.
 */
export function layoutOf(
  header: string[] | null,
  records: string[][],
  width: number,
  chosen: ChosenColumns = {},
  use: FileUse = 'plans',
): Layout {
  const found: Found[] = Array.from({ length: width }, (_, index) => ({
    heading: header?.[index] ?? '',
    kind: header ? kindOfHeading(header[index] ?? '') : undefined,
    cells: records.map((record) => record[index] ?? '').filter((cell) => cell !== ''),
  }));
  const roles = new Roles(width, chosen, rolesByUse[use]);
  choosePerson(roles, found, header !== null);
  if (use === 'plans') {
    chooseLicense(roles, found);
    chooseReason(roles, found);
  } else {
    chooseValue(roles, found, use === 'departments' ? 'department' : 'days');
  }
  const isOwn = isOwnExport(found);
  return {
    columns: roles.columns,
    questions: roles.questions,
    table: found.map((column, index) => ({
      heading: shown(column.heading),
      sample: column.cells.slice(0, sampleSize).map(shown),
      maybePlan: isMaybePlan(column) && !roles.isTaken(index, ['email', 'userId', 'upn', 'reason']),
      ...roles.of(index, () => whyNot(column, isOwn)),
    })),
  };
}

const sampleSize = 3;

type About = Exclude<FileQuestion['about'], 'headings'>;

/** The columns as they are given out, each to one role. */
class Roles {
  readonly columns: Columns = {};
  readonly questions: FileQuestion[] = [];
  readonly #chosen: ChosenColumns;
  readonly #reasons = new Map<ColumnRole, ColumnReason>();

  constructor(width: number, chosen: ChosenColumns, usable: readonly ColumnRole[]) {
    this.#chosen = chosen;
    for (const role of usable) {
      const index = chosen[role];
      if (index === undefined || index === null || index < 0 || index >= width) continue;
      this.columns[role] = index;
      this.#reasons.set(role, 'chosen');
    }
  }

  /** Whether the operator said something of this role, also that no column has it. */
  isChosen(role: ColumnRole): boolean {
    return this.#chosen[role] !== undefined;
  }

  isTaken(index: number, by: readonly ColumnRole[] = columnRoles): boolean {
    return by.some((role) => this.columns[role] === index);
  }

  /** Gives a role to the only column that could have it, and asks where several could. */
  give(role: ColumnRole, indexes: number[], reason: ColumnReason, about: About): void {
    if (this.isChosen(role)) return;
    const free = indexes.filter((index) => !this.isTaken(index));
    const [only] = free;
    if (free.length > 1) this.ask(about, free);
    else if (only !== undefined) {
      this.columns[role] = only;
      this.#reasons.set(role, reason);
    }
  }

  ask(about: About, columns: number[]): void {
    this.questions.push({ about, columns });
  }

  of(index: number, whyNot: () => ColumnReason): Pick<FileColumn, 'role' | 'reason'> {
    const role = columnRoles.find((one) => this.columns[one] === index);
    if (role) return { role, reason: this.#reasons.get(role) ?? 'unknown' };
    const isAsked = this.questions.some(
      (question) => question.about !== 'headings' && question.columns.includes(index),
    );
    return { role: null, reason: isAsked ? 'undecided' : whyNot() };
  }
}

/** A role of the person that the operator chose settles who the lines are about: no other column is added to it. */
function choosePerson(roles: Roles, found: Found[], hasHeadings: boolean): void {
  if (personRoles.some((role) => roles.columns[role] !== undefined)) return;
  const open = roles.questions.length;
  if (hasHeadings) {
    for (const role of personRoles) roles.give(role, indexesOf(found, role), 'heading', 'person');
  }
  if (isSettled(roles, open)) return;
  const free = places(found).filter((index) => found[index]?.kind !== 'other' && !roles.isTaken(index));
  const addresses = free.filter((index) => isMostly(found[index], isAddressCell));
  const ids = free.filter((index) => isMostly(found[index], isUuidCell));
  if (!hasHeadings || found.length === 1) {
    roles.give('email', addresses, 'content', 'person');
    roles.give('userId', ids, 'content', 'person');
    if (isSettled(roles, open)) return;
    const numbered = free.filter((index) => isMostly(found[index], isNumberedId));
    roles.give('userId', numbered, 'content', 'person');
  } else {
    const persons = free.filter((index) => isMostly(found[index], (cell) => isAddressCell(cell) || isUuidCell(cell)));
    const [only] = persons;
    if (persons.length > 1 || (only !== undefined && !namesAPerson(found[only]))) roles.ask('person', persons);
    else if (only !== undefined) roles.give(addresses.includes(only) ? 'email' : 'userId', [only], 'heading', 'person');
    else roles.give('userId', indexesOf(found, 'id'), 'heading', 'person');
  }
  if (!isSettled(roles, open)) roles.ask('person', []);
}

const isSettled = (roles: Roles, questions: number): boolean =>
  roles.questions.length > questions || personRoles.some((role) => roles.columns[role] !== undefined);

const namesAPerson = (column: Found | undefined): boolean => column?.kind === 'person' || column?.kind === 'id';

/** A heading has to say that the plan is wished; what the cells hold never makes a column of plans. */
function chooseLicense(roles: Roles, found: Found[]): void {
  roles.give(
    'license',
    places(found).filter((index) => isWish(found[index])),
    'heading',
    'license',
  );
}

const isWish = (column: Found | undefined): boolean =>
  column?.kind === 'wish' || (column?.kind === 'to' && isMostly(column, licenseNamed, 1));

/** A column of notes is the reason where none is headed as such. */
function chooseReason(roles: Roles, found: Found[]): void {
  const reasons = indexesOf(found, 'reason');
  roles.give('reason', reasons.length > 0 ? reasons : indexesOf(found, 'note'), 'heading', 'reason');
}

/** The one column without which the file says nothing: where no heading names it, it is asked for. */
function chooseValue(roles: Roles, found: Found[], role: 'department' | 'days'): void {
  const open = roles.questions.length;
  roles.give(role, indexesOf(found, role), 'heading', role);
  if (roles.columns[role] === undefined && roles.questions.length === open) roles.ask(role, []);
}

function whyNot(column: Found, isOwn: boolean): ColumnReason {
  if (isWish(column)) return 'overruled';
  if (isMaybePlan(column)) return isOwn ? 'own-export' : 'not-a-wish';
  return column.kind === 'other' && column.cells.some(isAddressCell) ? 'other-address' : 'unknown';
}

const isMaybePlan = (column: Found): boolean =>
  column.kind === 'wish' || column.kind === 'plan' || isMostly(column, licenseNamed);

/** An export of the list of people, today's or an older one. */
function isOwnExport(found: Found[]): boolean {
  const headings = found.map(({ heading }) => heading);
  return exportedColumns.slice(0, 6).every((heading) => headings.includes(heading));
}

const places = (found: Found[]): number[] => found.map((_, index) => index);

const indexesOf = (found: Found[], kind: HeadingKind): number[] =>
  places(found).filter((index) => found[index]?.kind === kind);

function isMostly(column: Found | undefined, holds: (cell: string) => unknown, share = 0.5): boolean {
  const { cells = [] } = column ?? {};
  return cells.length > 0 && cells.filter(holds).length >= share * cells.length;
}
