'use client';

import * as texts from '@/lib/texts/batches.ts';
import { when } from '@/lib/texts/words.ts';
import { momentAt } from '@/lib/wall-clock.ts';
import { fieldLook } from './field-look.ts';

type DurationProps = {
  /** As typed, as the operator's clock shows it; null for good. */
  value: string | null;
  complaint: string | undefined;
  onChange: (value: string | null) => void;
};

export const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** For good, or until a day and time, after which everybody gets back what they had. */
export function Duration({ value, complaint, onChange }: DurationProps) {
  const end = value ? momentAt(value, ownZone()) : undefined;
  return (
    <fieldset className="mt-6 min-w-0">
      <legend className="mb-1 font-semibold">{texts.duration.title}</legend>
      <div className="flex flex-wrap gap-x-6">
        <label className="inline-flex min-h-8 items-center gap-2.5 pointer-coarse:min-h-11">
          <input
            type="radio"
            name="duration"
            checked={value === null}
            onChange={() => onChange(null)}
            className="size-4 accent-bell"
          />
          {texts.duration.forGood}
        </label>
        <label className="inline-flex min-h-8 items-center gap-2.5 pointer-coarse:min-h-11">
          <input
            type="radio"
            name="duration"
            checked={value !== null}
            onChange={() => onChange('')}
            className="size-4 accent-bell"
          />
          {texts.duration.forATime}
        </label>
      </div>
      {value !== null && (
        <div className="mt-1">
          <label htmlFor="batch-until" className="block text-[13px] text-quiet">
            {texts.duration.until(ownZone())}
          </label>
          <input
            id="batch-until"
            type="datetime-local"
            value={value}
            aria-invalid={complaint !== undefined || undefined}
            aria-describedby="batch-until-said"
            className={`${fieldLook} mt-1 max-w-[260px]`}
            onChange={(event) => onChange(event.currentTarget.value)}
          />
          <p id="batch-until-said" className={`mt-1 text-[13px] ${complaint ? 'text-bad' : 'text-quiet'}`}>
            {complaint ?? (end ? texts.duration.after(when.exact(end.getTime())) : texts.duration.help)}
          </p>
        </div>
      )}
    </fieldset>
  );
}
