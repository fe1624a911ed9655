import type { DepartmentFile } from '../../departments/department.ts';
import { noValue } from '../../search/filter.ts';
import { number, when } from '../formats.ts';
import { counted } from './grammar.ts';
import { plan } from './words.ts';

/** The page about how many people of each department have which plan. */
export const departmentsPage = {
  title: 'Departments',
  titleOf: (account: string) => `Departments in ${account}`,
  back: 'Trend',
  compare: 'Compare two dates by department',
  caption: (account: string) => `How many people of each department in ${account} have which plan now`,
  department: 'Department',
  people: 'People',
  plan: (license: string) => plan(license === noValue ? null : license),
  notKnown: 'Not known',
  others: (departments: number) => counted(departments, 'other', 'others'),
  othersHelp: 'All of them are in the CSV.',
  csv: 'Download CSV',
  none: 'Carillon does not know which department people are of.',
  askAdmin: 'An admin can upload a file that says it.',
  from: ({ name, uploadedBy, uploadedAt, matched, unmatched, unclear }: DepartmentFile, zone: string) =>
    `From “${name}”, uploaded by ${uploadedBy} on ${when.date(uploadedAt, zone)}, ${when.clock(uploadedAt, zone)}: ${counted(matched, 'person', 'people')} found, ${number(unmatched)} not found, ${number(unclear)} not clear. People who joined since are not known.`,
  upload: 'Upload departments',
  uploadHelp:
    'A file with the department or cost centre of each person. It replaces the departments of this account as a whole.',
};
