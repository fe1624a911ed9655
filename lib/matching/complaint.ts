export type ComplaintCode =
  | 'broken-quotes'
  | 'open-quote'
  | 'too-many-cells'
  | 'long-line'
  | 'endless-line'
  | 'long-cell'
  | 'no-person'
  | 'not-an-email'
  | 'not-an-id'
  | 'several-people'
  | 'no-plan'
  | 'unknown-license'
  | 'long-reason'
  | 'no-department'
  | 'long-department'
  | 'no-days'
  | 'not-days'
  | 'unreadable-letters'
  | 'contradiction'
  | 'two-values';

/** Why a line is not used. `value` is the beginning of the cell it is about. */
export type Complaint = {
  line: number;
  code: ComplaintCode;
  value?: string;
  /** The last of several lines that are not used. */
  lastLine?: number;
  /** Another line that names the same person. */
  otherLine?: number;
  /** How many cells or characters there are, and how many there should be. */
  count?: { is: number; expected: number };
};
