'use client';

import * as texts from '@/lib/texts/batches.ts';
import { when } from '@/lib/texts/words.ts';
import { momentAt } from '@/lib/wall-clock.ts';
import { useHydrated } from '../ui/hydrated.ts';
import { fieldLook } from './field-look.ts';

type TimeFieldProps = {
  id: string;
  /** A day and a time as typed, as clocks in the operator's zone show it. */
  value: string;
  isBad: boolean;
  /** Says back what was understood. */
  said: (moment: string) => string;
  onChange: (value: string) => void;
};

export const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The moment that is meant, if any clock of the operator's will show it, and it is still to come. */
export function momentToCome(typed: string): Date | null {
  const moment = momentAt(typed, ownZone());
  return moment && moment.getTime() > Date.now() ? moment : null;
}

/** A day and a time. What was understood is said back with its zone: an hour can be there twice, or not at all. */
export function TimeField({ id, value, isBad, said, onChange }: TimeFieldProps) {
  const isHydrated = useHydrated();
  const moment = isHydrated ? momentAt(value, ownZone()) : undefined;
  return (
    <div className="mt-2">
      <label htmlFor={id} className="block text-[13px] text-quiet">
        {texts.preview.time(isHydrated ? ownZone() : 'UTC')}
      </label>
      <input
        id={id}
        type="datetime-local"
        value={value}
        aria-invalid={isBad || undefined}
        aria-describedby={`${id}-said`}
        className={`${fieldLook} mt-1 max-w-[260px]`}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <p id={`${id}-said`} className={`mt-1 text-[13px] ${isBad ? 'text-bad' : 'text-quiet'}`}>
        {isBad ? texts.preview.badTime : moment && said(when.exact(moment.getTime()))}
      </p>
    </div>
  );
}
