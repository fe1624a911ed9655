/**
 * The headings of an export of people. The first six have been so from the first release on: by them a file of ours is known
 * when somebody hands it in as a list of people.
 */
export const exportedColumns = [
  'Name',
  'E-mail',
  'Plan',
  'Status',
  'User ID',
  'Type',
  'Registered on (UTC)',
  'Invited on (UTC)',
  'Last change (UTC)',
  'Changed by',
  'Account',
  'End date (UTC)',
] as const;
