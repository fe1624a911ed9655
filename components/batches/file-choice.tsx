'use client';

import { type RefObject, useRef, useState } from 'react';
import type { Columns, FileProblem } from '@/lib/files/file.ts';
import { columnRoles, type UnderstoodFile } from '@/lib/files/upload.ts';
import * as texts from '@/lib/texts/batches.ts';
import { fileComplaint, fileProblems } from '@/lib/texts/files.ts';
import { TextButton } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { fieldLook } from './field-look.ts';
import { handIn } from './hand-in.ts';

/** A file that was chosen, and how it was understood; `columns` are null as long as the guess was not corrected. */
export type HandedIn = { file: File; columns: Columns | null; understood: UnderstoodFile };

type FileChoiceProps = {
  accountId: string;
  input: RefObject<HTMLInputElement | null>;
  chosen: HandedIn | null;
  /** What is missing, if anything. */
  complaint: string | null;
  onChoose: (chosen: HandedIn | null) => void;
};

type State = 'idle' | 'reading' | 'failed' | { problem: FileProblem; line: number | undefined };

/** A file of people: chosen, read, and shown as it was understood, to be put right. */
export function FileChoice({ accountId, input, chosen, complaint, onChoose }: FileChoiceProps) {
  const [state, setState] = useState<State>('idle');
  const latest = useRef(0);

  async function read(file: File, columns: Columns | null) {
    latest.current += 1;
    const turn = latest.current;
    setState('reading');
    const result = await handIn(accountId, file, columns, null).catch(() => null);
    if (turn !== latest.current) return; // another one was chosen meanwhile
    if (!result?.ok) return setState('failed');
    const answer = result.value;
    if (answer.state === 'refused') {
      onChoose(null);
      return setState({ problem: answer.problem, line: answer.line });
    }
    setState('idle');
    if (answer.state === 'read') onChoose({ file, columns, understood: answer.file });
  }

  /** What was chosen counts at once: the next correction, and a preview, go by it while the file is still being read again. */
  function correct(columns: Columns) {
    if (!chosen) return;
    onChoose({ ...chosen, columns, understood: { ...chosen.understood, columns } });
    void read(chosen.file, columns);
  }

  const said =
    state === 'failed'
      ? texts.upload.failed
      : typeof state === 'object'
        ? fileProblems[state.problem](state.line)
        : state === 'reading'
          ? null
          : complaint;
  return (
    <div className="mt-2">
      <label htmlFor="batch-file" className="block text-[13px] text-quiet">
        {texts.upload.label}
      </label>
      <input
        ref={input}
        id="batch-file"
        type="file"
        accept=".csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values"
        aria-invalid={said !== null || undefined}
        aria-describedby="batch-file-help batch-file-said"
        className={`${fieldLook} mt-1 max-w-[460px] file:mr-3 file:rounded-md file:border-0 file:bg-hover file:px-2.5 file:py-1 file:text-ink`}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          onChoose(null);
          if (file) void read(file, null);
        }}
      />
      <p id="batch-file-help" className="mt-1 text-[13px] text-quiet">
        {texts.upload.help}
      </p>
      <p id="batch-file-said" role="alert" className="text-bad">
        {said}
      </p>
      <p role="status" className="text-quiet">
        {state === 'reading' && texts.upload.reading}
        {state === 'idle' && chosen && summaryOf(chosen.understood)}
      </p>
      {chosen && <Understood understood={chosen.understood} onColumns={correct} />}
    </div>
  );
}

function summaryOf({ people, records, duplicates, encoding, delimiter }: UnderstoodFile): string {
  return [
    texts.upload.understood(people, records),
    duplicates > 0 ? texts.upload.duplicates(duplicates) : '',
    `(${texts.upload.kind(encoding, delimiter)})`,
  ]
    .filter(Boolean)
    .join(' ');
}

type UnderstoodProps = { understood: UnderstoodFile; onColumns: (columns: Columns) => void };

function Understood({ understood, onColumns }: UnderstoodProps) {
  const { header, columns, sample } = understood;
  const width = Math.max(header?.length ?? 0, ...sample.map((cells) => cells.length));
  const named = Array.from({ length: width }, (_, place) => ({
    place,
    name: header?.[place] || texts.upload.columnName(place),
  }));
  const lines = sample.map((cells, place) => ({ place, cells }));
  const roleOf = (index: number) => columnRoles.find((role) => columns[role] === index) ?? '';

  function choose(index: number, chosen: string) {
    const next: Columns = {};
    for (const role of columnRoles) {
      if (role === chosen) next[role] = index;
      else if (columns[role] !== undefined && columns[role] !== index) next[role] = columns[role];
    }
    onColumns(next);
  }

  return (
    <>
      <p className="mt-4 font-semibold">{texts.upload.columns}</p>
      <div className="mt-2 overflow-x-auto rounded-xl border border-line bg-sheet">
        <table className="border-separate border-spacing-0">
          <caption className="sr-only">{texts.upload.caption}</caption>
          <thead>
            <tr>
              {named.map(({ place, name }) => (
                <th
                  key={place}
                  scope="col"
                  className="border-b border-line px-3 py-2 text-left align-bottom font-medium"
                >
                  <span className="block max-w-[220px] truncate text-[13px] text-quiet">{name}</span>
                  <select
                    aria-label={texts.upload.column(name)}
                    value={roleOf(place)}
                    className={`${fieldLook} mt-1 min-w-[120px]`}
                    onChange={(event) => choose(place, event.currentTarget.value)}
                  >
                    <option value="">{texts.upload.notUsed}</option>
                    {columnRoles.map((role) => (
                      <option key={role} value={role}>
                        {texts.upload.roles[role]}
                      </option>
                    ))}
                  </select>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.place}>
                {named.map(({ place }) => (
                  <td
                    key={place}
                    className={`max-w-[240px] truncate px-3 py-1 ${roleOf(place) === '' ? 'text-faint' : ''}`}
                  >
                    {line.cells[place]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Complaints understood={understood} />
    </>
  );
}

/** So many are shown at once. */
const few = 10;

function Complaints({ understood: { complaints, complaintCount } }: { understood: UnderstoodFile }) {
  const [isAll, setAll] = useState(false);
  if (complaintCount === 0) return null;
  const shown = isAll ? complaints : complaints.slice(0, few);
  return (
    <div className="mt-4 rounded-xl border border-wait/40 bg-wait-soft p-4 text-wait">
      <h2 className="flex items-center gap-2 font-semibold">
        <Icon name="warning" />
        {texts.upload.complaints(complaintCount)}
      </h2>
      <ul className="mt-1 grid gap-1 break-words">
        {shown.map((complaint) => (
          <li key={`${complaint.line} ${complaint.code}`}>{fileComplaint(complaint)}</li>
        ))}
      </ul>
      {!isAll && complaints.length > few && (
        <TextButton className="mt-1" onClick={() => setAll(true)}>
          {texts.upload.showAll(complaints.length)}
        </TextButton>
      )}
      {isAll && complaintCount > complaints.length && (
        <p>{texts.upload.moreComplaints(complaintCount - complaints.length)}</p>
      )}
    </div>
  );
}
