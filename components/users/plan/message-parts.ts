import type { License } from '@/lib/licenses/license.ts';

export type Tone = 'quiet' | 'good' | 'wait' | 'bad';

export type Act =
  | 'undo'
  | 'note'
  | 'until'
  | 'check'
  | 'cancel'
  | 'choose'
  | 'again'
  | 'details'
  | 'copy'
  | 'keep'
  | 'set-back'
  | 'leave'
  | 'change'
  | 'save'
  | 'forget'
  | 'sign-in'
  | 'reload'
  | 'look'
  | 'hide';

/** What a row says about its person's change. In `text`, `**` marks what is bold. */
export type Message = {
  tone: Tone;
  icon: 'tick' | 'clock' | 'question' | 'warning' | null;
  text: string;
  acts: Act[];
  /** A failure stays until someone acts; where no button does that, it can be put away. */
  isDismissable?: boolean;
};

export type Around = {
  name: string;
  known: string | null;
  now: number;
  online: boolean;
  locked: boolean;
  /** The plans that the account gives. */
  supported: License[];
  /** The plan has an end date already. */
  hasEnd?: boolean;
};
