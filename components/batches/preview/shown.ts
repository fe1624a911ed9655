import type { Part, Trait } from '@/lib/batches/batch.ts';
import type { FailureCode } from '@/lib/failures.ts';

/** Which people of a batch are shown: a group, or some of it, or those with an outcome, or those of a cause. */
export type Shown = { part?: Part; trait?: Trait; state?: 'left' | 'changed' | 'failed'; code?: FailureCode };
