import {
  type Columns,
  type FileUse,
  maxColumns,
  maxRows,
  type PeopleFile,
  type ReadingChoices,
  shown,
} from '../lists/file.ts';
import type { Complaint, ComplaintCode } from '../matching/complaint.ts';
import { meaningOf } from './cells.ts';
import { type Layout, layoutOf } from './columns.ts';
import { NamedPeople } from './complaints/contradictions.ts';
import { delimiterOf, isHint, recordsToGuessFrom, usualWidth } from './delimiter.ts';
import { headerPlaceOf } from './header-line.ts';
import { type FileRecord, readRecords } from './records.ts';
import { FileRefusal } from './refusal.ts';
import { type Facts, rowFrom } from './row.ts';
import { textOfBytes } from './text-of-bytes.ts';

/**
 * Reads a file of people as it comes in, in slices between which other requests are answered. `choices` overrule what would be
 * recognised; `use` says what is looked for beside the people. Throws a `FileRefusal` for what is no such file, and for what is too large; whatever is wrong with single
 * lines is told in complaints, and those lines are not in `rows`. What cannot be recognised is told in `questions`.
 */
export async function readPeopleFile(
  bytes: AsyncIterable<Uint8Array>,
  choices: ReadingChoices = {},
  use: FileUse = 'plans',
): Promise<PeopleFile> {
  const { encoding, head, text } = await textOfBytes(bytes, choices.encoding);
  const delimiter = choices.delimiter ?? (await delimiterOf(head));
  const reading = new Reading(choices, use);
  const blankLines = await readRecords(text, delimiter, (record) => reading.take(record));
  return { encoding, delimiter, ...reading.end(blankLines) };
}

type Told = Omit<PeopleFile, 'encoding' | 'delimiter'>;

class Reading {
  readonly #choices: ReadingChoices;
  readonly #use: FileUse;
  /** Records that wait until enough of them are there to guess from. */
  #waiting: FileRecord[] = [];
  #layout: Layout | undefined;
  #width = 0;
  #headerLine: number | null = null;
  #skipped: Told['skipped'] = [];
  #skippedCount = 0;
  #people = new NamedPeople();
  #complaints: Complaint[] = [];
  #records = 0;
  #blankLines = 0;

  constructor(choices: ReadingChoices, use: FileUse) {
    this.#choices = choices;
    this.#use = use;
  }

  take(record: FileRecord): void {
    const { line, lastLine, cells, fault } = record;
    if (this.#isBeforeHeadings(record)) {
      this.#skip(record);
    } else if (!fault && cells.every((cell) => cell.trim() === '')) {
      this.#blankLines += lastLine - line + 1;
    } else if (this.#layout) {
      this.#read(record, this.#layout);
    } else {
      this.#waiting.push(record);
      if (this.#waiting.length === recordsToGuessFrom) this.#begin();
    }
  }

  end(blankLines: number): Told {
    const { columns, table, questions } = this.#layout ?? this.#begin();
    if (this.#records === 0) throw new FileRefusal(this.#headerLine === null ? 'empty' : 'only-header');
    const { rows, duplicates, contradicted } = this.#people.end();
    const contradictions = contradicted.map(({ row, otherLine }): Complaint => {
      const { userId, email, upn } = row.ref;
      const code = this.#use === 'plans' ? 'contradiction' : 'two-values';
      return { line: row.line, code, value: shown(email ?? upn ?? userId ?? ''), otherLine };
    });
    return {
      headerLine: this.#headerLine,
      skipped: this.#skipped,
      skippedCount: this.#skippedCount,
      columns,
      table,
      questions,
      rows,
      complaints: merged(this.#complaints, contradictions),
      duplicates,
      records: this.#records,
      blankLines: blankLines + this.#blankLines,
    };
  }

  /** Excel's hint at the delimiter, and what stands before the line that the operator chose. */
  #isBeforeHeadings(record: FileRecord): boolean {
    const { headerLine } = this.#choices;
    return isHint(record) || (typeof headerLine === 'number' && record.lastLine < headerLine);
  }

  #begin(): Layout {
    const waiting = this.#waiting;
    this.#waiting = [];
    const readable = waiting.filter(({ fault }) => !fault);
    const meanings = readable.map(({ cells }) => cells.map(meaningOf));
    const { index, before } = this.#headerPlace(meanings);
    const header = index === null ? null : (meanings[index] ?? null);
    const headerLine = index === null ? null : (readable[index]?.line ?? null);
    this.#headerLine = headerLine;
    this.#width = header?.length ?? usualWidth(meanings).width;
    if (this.#width > maxColumns) throw new FileRefusal('too-many-columns');
    const layout = layoutOf(header, meanings.slice((index ?? -1) + 1), this.#width, this.#choices.columns, this.#use);
    if (before !== undefined && headerLine !== null) {
      layout.questions.unshift({ about: 'headings', line: headerLine, before: readable[before]?.line ?? 0 });
    }
    this.#layout = layout;
    for (const record of waiting) {
      if (headerLine === null || record.line > headerLine) this.#read(record, layout);
      else if (record.line < headerLine) this.#skip(record);
    }
    return layout;
  }

  #headerPlace(records: string[][]): ReturnType<typeof headerPlaceOf> {
    const { headerLine } = this.#choices;
    if (headerLine === null) return { index: null };
    if (headerLine === undefined) return headerPlaceOf(records);
    if (records.length === 0) throw new FileRefusal('no-such-line');
    return { index: 0 };
  }

  #skip({ line, cells }: FileRecord): void {
    this.#skippedCount += 1;
    if (this.#skipped.length < maxSkippedShown) this.#skipped.push({ line, text: shown(cells.join(' ').trim()) });
  }

  #read(record: FileRecord, { columns }: Layout): void {
    this.#count();
    const { cells, fault } = record;
    if (fault) {
      this.#complain(record, fault);
      return;
    }
    if (cells.length > this.#width && cells.slice(this.#width).some((cell) => cell.trim() !== '')) {
      this.#complain(record, 'too-many-cells', { count: { is: cells.length, expected: this.#width } });
      return;
    }
    if (!this.#isComplete(columns)) return;
    const told = rowFrom(record, columns);
    if ('row' in told) this.#people.add(told.row);
    else for (const { code, ...facts } of told.problems) this.#complain(record, code, facts);
  }

  /** Whether it is known who a line is about, and where what the file is handed in for stands. */
  #isComplete({ email, userId, upn, department, days }: Columns): boolean {
    const value = { plans: 0, departments: department, activity: days }[this.#use];
    return (email ?? userId ?? upn) !== undefined && value !== undefined;
  }

  #count(): void {
    this.#records += 1;
    if (this.#records > maxRows) throw new FileRefusal('too-many-rows');
  }

  #complain(
    { line, lastLine = line }: Pick<Complaint, 'line' | 'lastLine'>,
    code: ComplaintCode,
    facts: Facts = {},
  ): void {
    this.#complaints.push({ line, code, ...(lastLine > line ? { lastLine } : {}), ...facts });
  }
}

/** How many of the lines before the headings are shown. */
const maxSkippedShown = 20;

/** Two lists that are each in the order of the file, as one. */
function merged(some: Complaint[], others: Complaint[]): Complaint[] {
  const all: Complaint[] = [];
  let next = 0;
  for (const one of some) {
    for (let other = others[next]; other && other.line < one.line; other = others[next]) {
      all.push(other);
      next += 1;
    }
    all.push(one);
  }
  return all.concat(others.slice(next));
}
