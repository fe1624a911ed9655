import type { Attempt, Known } from './attempt.ts';
import { isInFlight, knownLicense, shownLicense } from './attempt.ts';
import { type Message, messageOf } from './message.ts';

/** What a row shows of its person's attempt. */
export type RowView = {
  shown: string | null;
  known: string | null;
  isBusy: boolean;
  message: Message | null;
};

type Around = { name: string; listed: Known; now: number; online: boolean; locked: boolean; keeps: boolean };

export function rowView(attempt: Attempt, { name, listed, now, online, locked, keeps }: Around): RowView {
  const known = knownLicense(attempt, listed);
  return {
    shown: shownLicense(attempt, listed),
    known,
    isBusy: isInFlight(attempt),
    message: messageOf(attempt, { name, known, now, online, locked, keeps }),
  };
}
