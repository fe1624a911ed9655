'use client';

import { useRef, useState } from 'react';
import type { UnderstoodFile } from '@/lib/files/upload.ts';
import {
  type ColumnRole,
  type Columns,
  columnRoles,
  type FileProblem,
  personRoles,
  type ReadingChoices,
} from '@/lib/lists/file.ts';
import { handIn } from './hand-in.ts';

/** A file that was chosen, how it is to be read, and how it was understood when it was read last. */
export type HandedIn = { file: File; choices: ReadingChoices; understood: UnderstoodFile };

export type ReadingState = 'idle' | 'reading' | 'failed' | { problem: FileProblem; line: number | undefined };

/**
 * The file of people in a form: chosen, read by the server, and read again whenever something about it is put right.
 * `known`: one that was read before.
 */
export function usePeopleFile(accountId: string, known: HandedIn | null) {
  const [handedIn, setHandedIn] = useState(known);
  const [state, setState] = useState<ReadingState>('idle');
  const turns = useRef(0);

  async function read(file: File, choices: ReadingChoices) {
    turns.current += 1;
    const turn = turns.current;
    setState('reading');
    const result = await handIn(accountId, file, choices, null).catch(() => null);
    if (turn !== turns.current) return; // another file was chosen, or something put right, meanwhile
    if (!result?.ok) return setState('failed');
    const answer = result.value;
    if (answer.state === 'refused') return setState({ problem: answer.problem, line: answer.line });
    setState('idle');
    if (answer.state === 'read') setHandedIn({ file, choices, understood: answer.file });
  }

  function choose(file: File | undefined, choices: ReadingChoices) {
    turns.current += 1;
    setHandedIn(null);
    setState('idle');
    if (file) void read(file, choices);
  }

  /** The choice counts at once: the next one, and a preview, go by it while the file is still being read again. */
  function correct(change: Partial<ReadingChoices>) {
    if (!handedIn) return;
    const next = { ...handedIn.choices, ...change };
    setHandedIn({ ...handedIn, choices: next });
    void read(handedIn.file, next);
  }

  return { handedIn, state, choose, correct };
}

export type PeopleFileState = ReturnType<typeof usePeopleFile>;

/** Which column holds what: as chosen, and where nothing was chosen, as recognised. */
export function columnsOf({ choices, understood }: HandedIn): Columns {
  const columns: Columns = {};
  for (const role of columnRoles) {
    const chosen = choices.columns?.[role];
    const index = chosen === undefined ? understood.columns[role] : chosen;
    if (index !== undefined && index !== null) columns[role] = index;
  }
  return columns;
}

/** What is left of the choices of columns when the cells are cut another way: only that none is used for plans. */
export const choicesForOtherCells = ({ choices }: HandedIn): ReadingChoices['columns'] =>
  choices.columns?.license === null ? { license: null } : undefined;

/** The columns that an operator may want to take the plans from. */
export const planColumnsOf = (handedIn: HandedIn): number[] =>
  handedIn.understood.table.flatMap(({ maybePlan }, index) =>
    maybePlan || columnsOf(handedIn).license === index ? [index] : [],
  );

/** The choices when `column` is given `role`, or none. Who a line is about is then said by exactly the columns shown. */
export function choicesWith(handedIn: HandedIn, column: number, role: ColumnRole | null): ReadingChoices['columns'] {
  const shown = columnsOf(handedIn);
  const next: NonNullable<ReadingChoices['columns']> = { ...handedIn.choices.columns };
  const isOfPerson = (one: ColumnRole) => personRoles.some((role) => role === one);
  const before = columnRoles.find((one) => shown[one] === column);
  if ([role, before].some((one) => one && isOfPerson(one))) {
    for (const one of columnRoles.filter(isOfPerson)) next[one] = shown[one] ?? null;
  }
  if (before) next[before] = null;
  if (role) next[role] = column;
  return next;
}
