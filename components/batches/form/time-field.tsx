'use client';

import { when } from '@/lib/texts/formats.ts';
import { momentAt, wallOf } from '@/lib/wall-clock.ts';
import { FieldLabel, fieldLook } from '../../ui/field.tsx';
import { useHydrated } from '../../ui/hydrated.ts';

type TimeFieldProps = {
  id: string;
  /** A day and a time as typed, as clocks in the operator's zone show it. */
  value: string;
  complaint: string | undefined;
  label: (zone: string) => string;
  /** Says back what was understood; null where nothing was. */
  said: (moment: string | null) => string;
  onChange: (value: string) => void;
};

export const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Six in the evening of the next day, by the operator's clock. */
export const tomorrowEvening = (): string => `${wallOf(Date.now() + 86_400_000, ownZone()).slice(0, 11)}18:00`;

/** The moment that is meant, if any clock of the operator's will show it, and it is still to come. */
export function momentToCome(typed: string): Date | null {
  const moment = momentAt(typed, ownZone());
  return moment && moment.getTime() > Date.now() ? moment : null;
}

/** A day and a time. What was understood is said back with its zone: an hour can be there twice, or not at all. */
export function TimeField({ id, value, complaint, label, said, onChange }: TimeFieldProps) {
  const isHydrated = useHydrated();
  const moment = isHydrated ? momentAt(value, ownZone()) : undefined;
  return (
    <div className="mt-2">
      <FieldLabel htmlFor={id}>{label(isHydrated ? ownZone() : 'UTC')}</FieldLabel>
      <input
        id={id}
        type="datetime-local"
        value={value}
        aria-invalid={complaint !== undefined || undefined}
        aria-describedby={`${id}-said`}
        className={`${fieldLook} mt-1 max-w-65`}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <p id={`${id}-said`} className={`mt-1 text-small ${complaint ? 'text-bad' : 'text-quiet'}`}>
        {complaint ?? said(moment ? when.exact(moment.getTime()) : null)}
      </p>
    </div>
  );
}
