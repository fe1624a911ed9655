import type { Failure } from '@/lib/failures.ts';

/** What stands in the way of every change on the page, and would be unkind to find out person by person. */
export type PageStatus = {
  online: boolean;
  signedOut: boolean;
  /** The right to change plans was taken away while the page was open. */
  revoked: boolean;
  chime: 'ok' | 'unauthorized' | 'retired' | 'unavailable';
  failure: Failure | null;
  /** "Not available" answers in a row, each from another change. */
  unavailableInARow: number;
};

export const openStatus: PageStatus = {
  online: true,
  signedOut: false,
  revoked: false,
  chime: 'ok',
  failure: null,
  unavailableInARow: 0,
};

/** Whether no plan can be changed at all until something outside the rows is put right; who is signed out may still choose. */
export const isLocked = (pageStatus: PageStatus) => pageStatus.chime !== 'ok';
