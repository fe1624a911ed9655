import type { Moment } from './moment.ts';

/** The file that tells which department people of an account are of. */
export type DepartmentFilesTable = {
  account_id: string;
  name: string;
  lines: number;
  matched: number;
  unmatched: number;
  unclear: number;
  uploaded_by: string;
  uploaded_by_name: string;
  uploaded_at: Moment;
};

/** The department of a person; people without one are not there. */
export type DepartmentsTable = { account_id: string; user_id: string; department: string };
