import { useId, useState } from 'react';
import type { UnderstoodFile } from '@/lib/files/upload.ts';
import {
  type ColumnRole,
  columnRoles,
  delimiters,
  encodings,
  type FileColumn,
  type FileUse,
  type ReadingChoices,
  rolesByUse,
} from '@/lib/lists/file.ts';
import {
  columnName,
  columnReason,
  columnRoleName,
  delimiterName,
  fileQuestion,
  fileForm as texts,
} from '@/lib/texts/files.ts';
import { TextButton } from '../../ui/button.tsx';
import { cardLook } from '../../ui/card.tsx';
import { Field, fieldLook } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { choicesForOtherCells, choicesWith, columnsOf, type HandedIn } from './use-people-file.ts';

type FileReadingProps = {
  handedIn: HandedIn;
  use: FileUse;
  onCorrect: (change: Partial<ReadingChoices>) => void;
  /** A column is to be used for plans, or none any more. */
  onPlanColumn?: (column: number | null) => void;
};

/** How a file was read: each part of it with a control to put it right. */
export function FileReading({ handedIn, use, onCorrect, onPlanColumn }: FileReadingProps) {
  const { understood } = handedIn;
  const title = useId();
  return (
    <section aria-labelledby={title} className={`${cardLook} mt-4 p-4`}>
      <h2 id={title} className="font-semibold">
        {texts.title}
      </h2>
      <Questions understood={understood} />
      <Form handedIn={handedIn} onCorrect={onCorrect} />
      <Skipped understood={understood} />
      <ColumnList handedIn={handedIn} use={use} onCorrect={onCorrect} onPlanColumn={onPlanColumn} />
    </section>
  );
}

function Questions({ understood: { questions, table } }: { understood: UnderstoodFile }) {
  if (questions.length === 0) return null;
  return (
    <div className="mt-2 grid gap-2 wrap-anywhere" role="status">
      {questions.map((question) => (
        <Notice key={JSON.stringify(question)} tone="wait">
          {fileQuestion(question, table)}
        </Notice>
      ))}
    </div>
  );
}

/** Lines that can be chosen for the headings; those of a file with a longer preamble are read by the command line. */
const offeredLines = Array.from({ length: 30 }, (_, index) => index + 1);

function Form({ handedIn, onCorrect }: Pick<FileReadingProps, 'handedIn' | 'onCorrect'>) {
  const { choices, understood } = handedIn;
  const headerLine = choices.headerLine === undefined ? understood.headerLine : choices.headerLine;
  const lines = headerLine === null || headerLine <= offeredLines.length ? offeredLines : [...offeredLines, headerLine];
  const columns = choicesForOtherCells(handedIn);
  return (
    <div className="mt-2 grid gap-3 sm:grid-cols-3">
      <Pick
        label={texts.encoding}
        value={choices.encoding ?? understood.encoding}
        options={encodings.map((encoding) => ({ value: encoding, name: encoding }))}
        onPick={(encoding) => onCorrect({ encoding })}
      />
      <Pick
        label={texts.delimiter}
        value={choices.delimiter ?? understood.delimiter}
        options={delimiters.map((delimiter) => ({ value: delimiter, name: delimiterName[delimiter] }))}
        onPick={(delimiter) => onCorrect({ delimiter, columns })}
      />
      <Pick
        label={texts.headerLine}
        value={headerLine}
        options={[null, ...lines].map((line) => ({
          value: line,
          name: line === null ? texts.noHeadings : texts.line(line),
        }))}
        onPick={(line) => onCorrect({ headerLine: line, columns })}
      />
    </div>
  );
}

type PickProps<Value> = {
  label: string;
  value: Value;
  options: { value: Value; name: string }[];
  onPick: (value: Value) => void;
};

function Pick<Value extends string | number | null>({ label, value, options, onPick }: PickProps<Value>) {
  return (
    <Field label={label}>
      <select
        value={String(value)}
        className={fieldLook}
        onChange={({ currentTarget }) => {
          const picked = options[currentTarget.selectedIndex];
          if (picked) onPick(picked.value);
        }}
      >
        {options.map((option) => (
          <option key={String(option.value)} value={String(option.value)}>
            {option.name}
          </option>
        ))}
      </select>
    </Field>
  );
}

function Skipped({ understood: { skipped, skippedCount } }: { understood: UnderstoodFile }) {
  if (skippedCount === 0) return null;
  return (
    <div className="mt-3 text-small text-quiet">
      <p>{texts.skipped(skippedCount)}</p>
      <ul className="mt-1 wrap-anywhere">
        {skipped.map(({ line, text }) => (
          <li key={line}>{texts.skippedLine(line, text)}</li>
        ))}
      </ul>
      {skippedCount > skipped.length && <p>{texts.moreSkipped(skippedCount - skipped.length)}</p>}
    </div>
  );
}

/** So many columns are shown at once; of more, those that say something about people or plans. */
const fewColumns = 8;

function ColumnList({ handedIn, use: fileUse, onCorrect, onPlanColumn }: FileReadingProps) {
  const [isAll, setAll] = useState(false);
  const { table } = handedIn.understood;
  const columns = columnsOf(handedIn);
  const roleOf = (index: number) => columnRoles.find((role) => columns[role] === index) ?? null;
  const isTelling = (column: FileColumn, index: number) =>
    roleOf(index) !== null || column.maybePlan || column.reason === 'undecided' || column.reason === 'other-address';
  const hasMany = table.length > fewColumns && table.some(isTelling);
  const shown = table
    .map((column, index) => ({ column, index }))
    .filter(({ column, index }) => isAll || !hasMany || isTelling(column, index));

  function use(index: number, role: ColumnRole | null) {
    if (role === 'license') onPlanColumn?.(index);
    else if (roleOf(index) === 'license') onPlanColumn?.(null);
    onCorrect({ columns: choicesWith(handedIn, index, role) });
  }

  return (
    <>
      <h3 className="mt-4 font-semibold">{texts.columns}</h3>
      <ul className="mt-1">
        {shown.map(({ column, index }) => (
          <ColumnRow
            key={index}
            name={columnName(table, index)}
            column={column}
            role={roleOf(index)}
            roles={rolesByUse[fileUse]}
            onUse={(role) => use(index, role)}
          />
        ))}
      </ul>
      {hasMany && !isAll && (
        <TextButton className="mt-2" onClick={() => setAll(true)}>
          {texts.allColumns(table.length)}
        </TextButton>
      )}
    </>
  );
}

type ColumnRowProps = {
  name: string;
  column: FileColumn;
  role: ColumnRole | null;
  roles: readonly ColumnRole[];
  onUse: (role: ColumnRole | null) => void;
};

function ColumnRow({ name, column, role, roles, onUse }: ColumnRowProps) {
  return (
    <li className="grid gap-x-4 gap-y-1 border-line border-b py-2 last:border-b-0 sm:grid-cols-[1fr_1fr_11rem]">
      <div className="min-w-0 wrap-anywhere">
        <p className="font-medium">{name}</p>
        <p className="text-small text-quiet">{columnReason[column.reason]}</p>
      </div>
      <ul className="min-w-0 text-small text-quiet" aria-label={texts.firstCells(name)}>
        {column.sample.map((cell, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: cells have no identity but their place
          <li key={place} className="truncate">
            {cell}
          </li>
        ))}
      </ul>
      <select
        aria-label={texts.useOf(name)}
        value={role ?? ''}
        className={`${fieldLook} self-start`}
        onChange={({ currentTarget }) => onUse(roles.find((one) => one === currentTarget.value) ?? null)}
      >
        <option value="">{texts.notUsed}</option>
        {roles.map((one) => (
          <option key={one} value={one}>
            {columnRoleName[one]}
          </option>
        ))}
      </select>
    </li>
  );
}
