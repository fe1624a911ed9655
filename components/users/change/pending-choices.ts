import type { Choice } from '@/lib/changes/change.ts';
import { isLicense } from '@/lib/licenses/license.ts';
import { keptPlace } from './kept-place.ts';

/** A choice kept in the tab while its operator signs in again, or loads the page again. */
export type Kept = {
  accountId: string;
  operatorId: string;
  name: string;
  choice: Choice;
  why: 'asked' | 'updated';
};

/** Replaces what is kept for one account. */
export function storePendingChoices(accountId: string, kept: Kept[]) {
  const all = [...readAll().filter((one) => one.accountId !== accountId), ...kept];
  try {
    if (all.length === 0) sessionStorage.removeItem(keptPlace);
    else sessionStorage.setItem(keptPlace, JSON.stringify(all));
  } catch {
    // Storage may be forbidden: then nothing is asked after signing in, and the page said "Not saved yet".
  }
}

/** What was kept for this account by this operator. */
export const pendingChoices = (accountId: string, operatorId: string) =>
  readAll().filter((kept) => kept.accountId === accountId && kept.operatorId === operatorId);

function readAll(): Kept[] {
  try {
    const all: unknown = JSON.parse(sessionStorage.getItem(keptPlace) ?? '[]');
    return Array.isArray(all) ? all.filter(isKept) : [];
  } catch {
    return [];
  }
}

function isKept(value: unknown): value is Kept {
  if (!isRecord(value) || !isRecord(value.choice)) return false;
  const { choice } = value;
  return (
    typeof value.accountId === 'string' &&
    typeof value.operatorId === 'string' &&
    typeof value.name === 'string' &&
    (value.why === 'asked' || value.why === 'updated') &&
    typeof choice.userId === 'string' &&
    (choice.from === null || typeof choice.from === 'string') &&
    isLicense(choice.to)
  );
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
