import type { RefObject } from 'react';
import type { BatchView } from '@/lib/batches/batch.ts';
import type { BatchActions } from '../actions.ts';

/** What each of the three faces of a batch is drawn from. */
export type PartProps = {
  account: { id: string; name: string };
  batch: BatchView;
  actions: BatchActions;
  canRun: boolean;
  /** Whether the viewer has made it. */
  isOwn: boolean;
  heading: RefObject<HTMLHeadingElement | null>;
  readAgain: () => Promise<unknown>;
};
