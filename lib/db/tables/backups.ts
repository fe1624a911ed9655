import type { Generated } from 'kysely';
import type { MaybeMoment, Moment } from './moment.ts';

/** One row: the last backup that succeeded. */
export type BackupsTable = { is_only: Generated<boolean>; succeeded_at: Moment; folder: string };

/**
 * Copies of the past that this database was restored from. `sequence`: the end of the audit when it was found out. While one is not
 * accepted, nothing may be changed.
 */
export type RestoresTable = {
  id: string;
  marked_at: Generated<Date>;
  found_by: 'restore' | 'checkpoints' | 'console';
  sequence: string;
  accepted_at: MaybeMoment;
};
