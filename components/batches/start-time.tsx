'use client';

import * as texts from '@/lib/texts/batches.ts';
import { when } from '@/lib/texts/words.ts';
import { useHydrated } from '../ui/hydrated.ts';
import { fieldLook } from './field-look.ts';

type StartTimeProps = {
  /** As typed, in the operator's zone; null to start now. */
  value: string | null;
  isBad: boolean;
  onChange: (value: string | null) => void;
};

/** The moment that a typed day and time stand for in the operator's zone. */
export function momentIn(typed: string): Date | null {
  const moment = new Date(typed);
  return Number.isNaN(moment.getTime()) ? null : moment;
}

/** Now, or at a day and time. What was understood is said back with its zone: an hour can be there twice, or not at all. */
export function StartTime({ value, isBad, onChange }: StartTimeProps) {
  const zone = useHydrated() ? Intl.DateTimeFormat().resolvedOptions().timeZone : 'UTC';
  const moment = value === null ? null : momentIn(value);
  return (
    <fieldset>
      <legend className="font-semibold">{texts.preview.when}</legend>
      <div className="mt-1 flex flex-wrap gap-x-6">
        <label className="inline-flex min-h-8 items-center gap-2 pointer-coarse:min-h-11">
          <input type="radio" name="start" checked={value === null} onChange={() => onChange(null)} />
          {texts.preview.now}
        </label>
        <label className="inline-flex min-h-8 items-center gap-2 pointer-coarse:min-h-11">
          <input type="radio" name="start" checked={value !== null} onChange={() => onChange('')} />
          {texts.preview.later}
        </label>
      </div>
      {value !== null && (
        <div className="mt-2">
          <label htmlFor="start-time" className="block text-[13px] text-quiet">
            {texts.preview.time(zone)}
          </label>
          <input
            id="start-time"
            type="datetime-local"
            value={value}
            aria-invalid={isBad || undefined}
            aria-describedby="start-time-said"
            className={`${fieldLook} mt-1 max-w-[260px]`}
            onChange={(event) => onChange(event.currentTarget.value)}
          />
          <p id="start-time-said" className={`mt-1 text-[13px] ${isBad ? 'text-bad' : 'text-quiet'}`}>
            {isBad ? texts.preview.badTime : moment && texts.preview.startsAt(when.exact(moment.getTime()))}
          </p>
        </div>
      )}
    </fieldset>
  );
}
