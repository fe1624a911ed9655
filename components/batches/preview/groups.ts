import { type BatchView, isAtWork, type Part, parts } from '@/lib/batches/batch.ts';
import * as texts from '@/lib/texts/batches.ts';
import { batchData } from '../addresses.ts';
import type { Shown } from './shown.ts';

/** A group of the people of a batch. */
export type Group = { name: string; count: number; shown: Shown };

export const isBegun = ({ state }: BatchView) => isAtWork(state) || state === 'done' || state === 'stopped';

/** Of a batch that was discarded, nobody will be changed any more. */
export const nameOfPart = (part: Part, { state }: BatchView) =>
  part === 'change' && state === 'discarded' ? texts.batchPeople.wouldChange : texts.partWord[part];

/** What a group means for those in it. Of a pasted list only one thing can be wrong with a line. */
export function helpOfPart(part: Part, { state, source }: BatchView): string {
  if (state === 'discarded') return texts.batchPeople.discarded;
  return part === 'unreadable' && source.kind === 'list' ? texts.preview.unreadInListHelp : texts.partHelp[part];
}

/** The groups that a batch has: what became of its people once it has begun, before that what would become of them. */
export function groupsOf(batch: BatchView): Group[] {
  const groups = parts.map(
    (part): Group => ({ name: nameOfPart(part, batch), count: batch.parts[part], shown: { part } }),
  );
  if (!isBegun(batch)) return groups.filter(({ shown, count }) => shown.part === 'change' || count > 0);
  return [
    { name: texts.batchPeople.failed, count: batch.failed, shown: { state: 'failed' } },
    { name: texts.batchPeople.left, count: batch.left, shown: { state: 'left' } },
    { name: texts.batchPeople.changed, count: batch.changed, shown: { state: 'changed' } },
    ...groups.filter(({ shown, count }) => shown.part !== 'change' && count > 0),
  ];
}

/** Where the people of a group are read. */
export function itemsAddress(accountId: string, batchId: string, { part, trait, state, code }: Shown): string {
  const params = new URLSearchParams();
  if (part) params.set('part', part);
  if (trait) params.set('trait', trait);
  if (state) params.set('state', state);
  if (code) params.set('code', code);
  return `${batchData(accountId, batchId)}/items?${params}`;
}
