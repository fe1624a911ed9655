import type { RefObject } from 'react';
import * as texts from '@/lib/texts/batches.ts';
import { FieldHelp, FieldLabel, fieldLook } from '../../ui/field.tsx';
import { Complaint } from './group.tsx';

type ReasonFieldProps = {
  field: RefObject<HTMLTextAreaElement | null>;
  value: string;
  complaint: string | undefined;
  onChange: (reason: string) => void;
};

export function ReasonField({ field, value, complaint, onChange }: ReasonFieldProps) {
  return (
    <div className="mt-6">
      <FieldLabel htmlFor="batch-reason" isStrong>
        {texts.newBatch.reason}
      </FieldLabel>
      <textarea
        ref={field}
        id="batch-reason"
        rows={2}
        required
        value={value}
        aria-invalid={complaint !== undefined || undefined}
        aria-describedby="batch-reason-help batch-reason-missing"
        className={`${fieldLook} mt-1`}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <FieldHelp id="batch-reason-help">{texts.newBatch.reasonHelp}</FieldHelp>
      <Complaint id="batch-reason-missing" text={complaint} />
    </div>
  );
}
