import type { RefObject } from 'react';
import * as texts from '@/lib/texts/batches.ts';
import { FieldHelp, FieldLabel, fieldLook } from '../../ui/field.tsx';

type ListFieldProps = {
  field: RefObject<HTMLTextAreaElement | null>;
  value: string;
  isComplainedAbout: boolean;
  onChange: (list: string) => void;
};

/** Where a list of people is pasted. */
export function ListField({ field, value, isComplainedAbout, onChange }: ListFieldProps) {
  return (
    <div className="mt-2">
      <FieldLabel htmlFor="batch-list">{texts.newBatch.pasteLabel}</FieldLabel>
      <textarea
        ref={field}
        id="batch-list"
        rows={6}
        spellCheck={false}
        value={value}
        aria-invalid={isComplainedAbout || undefined}
        aria-describedby="batch-list-help batch-who-missing"
        className={`${fieldLook} mt-1 font-mono text-small`}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <FieldHelp id="batch-list-help">{texts.newBatch.pasteHelp}</FieldHelp>
    </div>
  );
}
