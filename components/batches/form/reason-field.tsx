import type { RefObject } from 'react';
import * as texts from '@/lib/texts/batches.ts';
import { fieldLook } from './field-look.ts';
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
      <label htmlFor="batch-reason" className="block font-semibold">
        {texts.newBatch.reason}
      </label>
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
      <p id="batch-reason-help" className="mt-1 text-small text-quiet">
        {texts.newBatch.reasonHelp}
      </p>
      <Complaint id="batch-reason-missing" text={complaint} />
    </div>
  );
}
