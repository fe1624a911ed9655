import type { BatchView } from '@/lib/batches/batch.ts';
import * as texts from '@/lib/texts/batches.ts';

/** What is wrong with a start at a time, if anything is. */
export function badStart(moment: Date | null, { end }: BatchView): string | undefined {
  if (moment === null) return texts.preview.badTime;
  return end && moment.getTime() >= Date.parse(end.at) ? texts.preview.endsFirst : undefined;
}
