'use client';

import * as texts from '@/lib/texts/batches.ts';
import { Choice } from './choice.tsx';
import { TimeField } from './time-field.tsx';

export const startTimeId = 'batch-start-time';

type StartTimeProps = {
  /** As typed, in the operator's zone; null to start now. */
  value: string | null;
  /** What is wrong with it, if anything is. */
  complaint: string | undefined;
  onChange: (value: string | null) => void;
};

/** Now, or at a day and time. */
export function StartTime({ value, complaint, onChange }: StartTimeProps) {
  return (
    <fieldset className="min-w-0">
      <legend className="font-semibold">{texts.preview.when}</legend>
      <div className="mt-1 flex flex-wrap gap-x-6">
        <Choice group="start" isOn={value === null} onChoose={() => onChange(null)} name={texts.preview.now} />
        <Choice group="start" isOn={value !== null} onChoose={() => onChange('')} name={texts.preview.later} />
      </div>
      {value !== null && (
        <TimeField
          id={startTimeId}
          label={texts.preview.time}
          value={value}
          complaint={complaint}
          said={(moment) => (moment === null ? '' : texts.preview.startsAt(moment))}
          onChange={onChange}
        />
      )}
    </fieldset>
  );
}
