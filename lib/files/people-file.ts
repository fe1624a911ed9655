import { meaningOf, shown } from './cells.ts';
import { type Layout, layoutOf } from './columns.ts';
import { delimiterOf, isHint, recordsToGuessFrom } from './delimiter.ts';
import { type Columns, type Complaint, type ComplaintCode, type FileRow, mostRows, type PeopleFile } from './file.ts';
import { type FileRecord, readRecords } from './records.ts';
import { FileRefusal } from './refusal.ts';
import { type Facts, rowFrom } from './row.ts';
import { textOfBytes } from './text-of-bytes.ts';

/** Complaints that are kept; the rest are only counted. */
export const mostComplaints = 1_000;

/**
 * Reads a file of people as it comes in. `columns` overrules the guess. Refuses what is no such file at all, and what is
 * too large; whatever is wrong with single lines is told in complaints, and those lines are not in `rows`.
 */
export async function readPeopleFile(
  bytes: AsyncIterable<Uint8Array>,
  { columns }: { columns?: Columns } = {},
): Promise<PeopleFile> {
  const { encoding, head, text } = await textOfBytes(bytes);
  const delimiter = await delimiterOf(head);
  const reading = new Reading(columns);
  const blankLines = await readRecords(text, delimiter, (record) => reading.take(record));
  return { encoding, delimiter, ...reading.end(blankLines) };
}

class Reading {
  #chosen: Columns | undefined;
  /** Records that wait until enough of them are there to guess from. */
  #waiting: FileRecord[] = [];
  #layout: Layout | undefined;
  #width = 0;
  #sample: string[][] = [];
  #people = new Map<string, FileRow & { isContradicted: boolean }>();
  #complaints: Complaint[] = [];
  #complaintCount = 0;
  #duplicates = 0;
  #records = 0;
  #blankLines = 0;

  constructor(chosen: Columns | undefined) {
    this.#chosen = chosen;
  }

  take(record: FileRecord): void {
    const { line, lastLine, cells, fault } = record;
    if (fault) {
      this.#count();
      this.#complain(record, fault);
    } else if (isHint(record)) {
      return;
    } else if (cells.every((cell) => cell.trim() === '')) {
      this.#blankLines += lastLine - line + 1;
    } else if (this.#layout) {
      this.#read(record, this.#layout.columns);
    } else {
      this.#waiting.push(record);
      if (this.#waiting.length === recordsToGuessFrom) this.#begin();
    }
  }

  end(blankLines: number): Omit<PeopleFile, 'encoding' | 'delimiter'> {
    const { header, columns } = this.#layout ?? this.#begin();
    if (this.#records === 0) throw new FileRefusal(header ? 'only-header' : 'empty');
    return {
      header: header?.slice(0, mostShown).map(shown) ?? null,
      columns,
      sample: this.#sample,
      rows: [...this.#people.values()].flatMap(({ isContradicted, ...row }) => (isContradicted ? [] : [row])),
      complaints: this.#complaints.sort((one, other) => one.line - other.line),
      complaintCount: this.#complaintCount,
      duplicates: this.#duplicates,
      records: this.#records,
      blankLines: blankLines + this.#blankLines,
    };
  }

  #begin(): Layout {
    const waiting = this.#waiting;
    const { header, columns } = layoutOf(waiting.map(({ cells }) => cells));
    this.#width = waiting[0]?.cells.length ?? 0;
    this.#layout = { header, columns: this.#chosen ? within(this.#chosen, this.#width) : columns };
    if (waiting[0] && !hasPerson(this.#layout.columns)) this.#complain({ line: waiting[0].line }, 'no-person-column');
    for (const record of header ? waiting.slice(1) : waiting) this.#read(record, this.#layout.columns);
    this.#waiting = [];
    return this.#layout;
  }

  #read(record: FileRecord, columns: Columns): void {
    const { cells } = record;
    this.#count();
    if (this.#sample.length < sampleSize) this.#sample.push(cells.slice(0, mostShown).map(meaningOf).map(shown));
    if (cells.length < this.#width || cells.slice(this.#width).some((cell) => cell.trim() !== '')) {
      this.#complain(record, 'ragged', { count: { is: cells.length, expected: this.#width } });
    } else if (hasPerson(columns)) {
      const { row, problems } = rowFrom(record, columns);
      for (const { code, ...facts } of problems) this.#complain(record, code, facts);
      if (row) this.#add(record, row);
    }
  }

  #count(): void {
    this.#records += 1;
    if (this.#records > mostRows) throw new FileRefusal('too-many-rows');
  }

  /** Whoever is named again with the same license is there already; with another one, neither line can be trusted. */
  #add(record: FileRecord, row: FileRow): void {
    const person = row.ref.userId ?? row.ref.email ?? '';
    const key = person.toLowerCase();
    const known = this.#people.get(key);
    if (!known) {
      this.#people.set(key, { ...row, isContradicted: false });
    } else if (known.license === row.license && !known.isContradicted) {
      this.#duplicates += 1;
    } else {
      known.isContradicted = true;
      this.#complain(record, 'contradiction', { value: shown(person), firstLine: known.line });
    }
  }

  #complain(
    { line, lastLine = line }: Pick<Complaint, 'line' | 'lastLine'>,
    code: ComplaintCode,
    facts: Facts = {},
  ): void {
    this.#complaintCount += 1;
    if (this.#complaints.length === mostComplaints) return;
    this.#complaints.push({ line, code, ...(lastLine > line ? { lastLine } : {}), ...facts });
  }
}

const hasPerson = ({ email, userId }: Columns) => email !== undefined || userId !== undefined;

/** Chosen columns that are there. */
const within = (columns: Columns, width: number): Columns =>
  Object.fromEntries(Object.entries(columns).filter(([, index]) => index >= 0 && index < width));

const sampleSize = 5;

/** How many columns are shown. */
const mostShown = 50;
