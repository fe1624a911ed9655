import type { Database } from '../db/database.ts';
import type { Chime } from './chime.ts';

/** What use cases work with. */
export type Deps = { chime: Chime; db: Database };
