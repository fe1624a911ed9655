import type { Held, Known, Origin } from './trend.ts';

/** People who had one license at the start and have another at the end; null where they were not in the account. */
export type Cell = { from: Held; to: Held; people: number };

/** Two moments against each other, all accounts together. Moments are ISO-8601. */
export type Comparison = {
  zone: string;
  from: string;
  /** The end; now, where it was in the future. */
  to: string;
  asOf: string;
  /** What is known of each account asked for. Those not known at the start are in none of the numbers. */
  known: Known[];
  /** The accounts that are in the numbers. */
  compared: string[];
  /** How many people had which license at the start, and at the end. */
  opening: Record<string, number>;
  closing: Record<string, number>;
  /** Net, per person: never from a license to the same one. Rows and columns add up to `opening` and `closing` with `stayed`. */
  cells: Cell[];
  /** People who had the same license at both moments, those who came back to it among them. */
  stayed: Record<string, number>;
  /** People who were changed and have again what they had, or joined and left; in none of the cells. */
  cameBack: { people: number; changes: number };
  /** The cells by what brought the last of each person's changes about. */
  byOrigin: (Cell & { origin: Origin })[];
  /** The same by operator, for what was changed through Carillon; by batch, where it was one. */
  byOperator: (Cell & { operator: { id: string; name: string } })[];
  byBatch: (Cell & { batch: { id: string; reason: string | null; by: string } })[];
};

/** People of one department who went from one license to another; null: no file says which department they are of. */
export type DepartmentCell = { department: string | null; from: Held; to: Held; people: number };

/** People with e-mail addresses of one domain who went from one license to another. */
export type DomainCell = { domain: string | null; from: Held; to: Held; people: number };
