import type { Attempt } from '../change/attempt.ts';
import type { Message } from './message-parts.ts';

/** A note on the change of a person; `saved` is null while it is being written. */
export type Noting = { userId: string; changeId: string | undefined; saved: string | null };

export type RowMessageProps = {
  id: string;
  userId: string;
  name: string;
  known: string | null;
  attempt: Attempt;
  message: Message;
  /** What has been noted about the change, or is being written. */
  noting: Noting | null;
  onNoting: (noting: Noting | null) => void;
};
