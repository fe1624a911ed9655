import type { Attempt, Known } from '../change/attempt.ts';
import { isInFlight, knownLicense, shownLicense } from '../change/attempt.ts';
import { type Message, type Around as MessageAround, messageOf } from '../plan/message.ts';

/** What a row shows of its person's attempt. */
export type RowView = {
  shown: string | null;
  known: string | null;
  isBusy: boolean;
  message: Message | null;
};

type Around = Omit<MessageAround, 'known'> & { listed: Known };

export function rowView(attempt: Attempt, { listed, ...around }: Around): RowView {
  const known = knownLicense(attempt, listed);
  return {
    shown: shownLicense(attempt, listed),
    known,
    isBusy: isInFlight(attempt),
    message: messageOf(attempt, { ...around, known }),
  };
}
