import type { RefObject } from 'react';
import * as texts from '@/lib/texts/batches.ts';
import { fileProblems } from '@/lib/texts/files.ts';
import { FieldHelp, FieldLabel, fieldLook } from '../../ui/field.tsx';
import { FileComplaints } from './file-complaints.tsx';
import { FileReading } from './file-reading.tsx';
import { askForComplaints } from './hand-in.ts';
import type { PeopleFileState } from './use-people-file.ts';

type FileChoiceProps = {
  accountId: string;
  input: RefObject<HTMLInputElement | null>;
  file: PeopleFileState;
  /** What is missing, if anything. */
  complaint: string | null;
  onChoose: (file: File | undefined) => void;
  onPlanColumn: (column: number | null) => void;
};

/** A file of people: chosen, read, and shown as it was understood, to be put right. */
export function FileChoice({ accountId, input, file, complaint, onChoose, onPlanColumn }: FileChoiceProps) {
  const { handedIn, state } = file;
  const said = saidOf(state, complaint);
  return (
    <div className="mt-2">
      <FieldLabel htmlFor="batch-file">{texts.upload.label}</FieldLabel>
      <input
        ref={input}
        id="batch-file"
        type="file"
        accept=".csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values"
        aria-invalid={said !== null || undefined}
        aria-describedby="batch-file-help batch-file-said"
        className={`${fieldLook} mt-1 max-w-115 file:me-3 file:rounded-md file:border-0 file:bg-hover file:px-2.5 file:py-1 file:text-ink`}
        onChange={(event) => onChoose(event.currentTarget.files?.[0])}
      />
      <FieldHelp id="batch-file-help">{texts.upload.help}</FieldHelp>
      <p id="batch-file-said" role="alert" className="text-bad">
        {said}
      </p>
      <p role="status" className="text-quiet">
        {state === 'reading' && texts.upload.reading}
        {state === 'idle' && handedIn && summaryOf(handedIn.understood)}
      </p>
      {handedIn && (
        <>
          <FileReading handedIn={handedIn} use="plans" onCorrect={file.correct} onPlanColumn={onPlanColumn} />
          <FileComplaints
            handedIn={handedIn}
            askForAll={() => askForComplaints(accountId, handedIn.file, handedIn.choices)}
          />
        </>
      )}
    </div>
  );
}

function saidOf(state: PeopleFileState['state'], complaint: string | null): string | null {
  if (state === 'failed') return texts.upload.failed;
  if (typeof state === 'object') return fileProblems[state.problem](state.line);
  return state === 'reading' ? null : complaint;
}

type Counts = { people: number; records: number; duplicates: number };

const summaryOf = ({ people, records, duplicates }: Counts): string =>
  [texts.upload.understood(people, records), duplicates > 0 ? texts.upload.duplicates(duplicates) : '']
    .filter(Boolean)
    .join(' ');
