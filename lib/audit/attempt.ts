import type { RefusalCountsTable } from '../db/tables/audit.ts';

/** What somebody tried that was refused: a server action, or what a page or a file needs a right to. */
export type Attempt = RefusalCountsTable['attempt'];
