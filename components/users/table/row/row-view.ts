import type { Attempt, Known } from '../../change/attempt.ts';
import { isInFlight, knownLicense, shownLicense } from '../../change/attempt-facts.ts';
import { messageOf } from '../../plan/message.ts';
import type { Message, Around as MessageAround } from '../../plan/message-parts.ts';

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
