'use client';

import * as texts from '@/lib/texts/batches.ts';
import { Choice } from './choice.tsx';
import { TimeField, tomorrowEvening } from './time-field.tsx';

export const durationId = 'batch-until';

type DurationProps = {
  /** As typed, as the operator's clock shows it; null for no end. */
  value: string | null;
  complaint: string | undefined;
  onChange: (value: string | null) => void;
};

/** Permanent plans, or plans that end at a time. */
export function Duration({ value, complaint, onChange }: DurationProps) {
  return (
    <fieldset className="mt-6 min-w-0">
      <legend className="mb-1 font-semibold">{texts.duration.title}</legend>
      <div className="flex flex-wrap gap-x-6">
        <Choice
          group="duration"
          isOn={value === null}
          onChoose={() => onChange(null)}
          name={texts.duration.permanent}
        />
        <Choice
          group="duration"
          isOn={value !== null}
          onChoose={() => onChange(tomorrowEvening())}
          name={texts.duration.temporary}
        />
      </div>
      {value !== null && (
        <TimeField
          id={durationId}
          label={texts.duration.until}
          value={value}
          complaint={complaint}
          said={(moment) => (moment === null ? texts.duration.help : texts.duration.after(moment))}
          onChange={onChange}
        />
      )}
    </fieldset>
  );
}
