/** The licenses of the Amazon Chime API (2018-05-01, enum `License`), cheapest first: one list for type, check and menu. */
export const licenses = ['Basic', 'Plus', 'Pro', 'ProTrial'] as const;
export type License = (typeof licenses)[number];

/** Whether a value from outside is one of the licenses Chime documents. */
export function isLicense(value: unknown): value is License {
  return licenses.some((license) => license === value);
}

/** Whether going from one plan to another takes away the right to host meetings. */
export function losesHosting(from: string | null, to: License): boolean {
  return to === 'Basic' && from !== null && from !== 'Basic';
}
