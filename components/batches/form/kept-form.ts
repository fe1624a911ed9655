'use client';

import { useSyncExternalStore } from 'react';
import { isLicense } from '@/lib/licenses/license.ts';
import { newBatchPath } from '../addresses.ts';
import type { BatchForm } from './batch-form.ts';
import type { HandedIn } from './use-people-file.ts';

/** The form from which a preview was made, and the query of its page. */
export type KeptForm = { batchId: string; query: string; form: BatchForm; fileName: string | null };

const key = 'carillon.batch-form';

/** A file can be kept in the memory of the page alone: it is gone when the page is loaded again. */
let keptFile: { batchId: string; file: HandedIn } | null = null;

/** The parameter of the form's page that says from which preview somebody comes back. */
const backParam = 'from';

/** Keeps the form of the newest preview of this tab, and lets the browser's way back lead to it too. */
export function keepForm(accountId: string, kept: Omit<KeptForm, 'fileName'>, file: HandedIn | null): void {
  keptFile = file && { batchId: kept.batchId, file };
  try {
    sessionStorage.setItem(key, JSON.stringify({ ...kept, fileName: file?.file.name ?? null }));
    history.replaceState(history.state, '', backPath(accountId, kept));
  } catch {
    // Where the browser keeps nothing, the way back leads to an empty form.
  }
}

/** What the address calls a form that begins with a pasted list. */
const pastedId = 'pasted';

/** Keeps a pasted list for a new form, and says where that is; null where the browser keeps nothing. */
export function keepPastedList(accountId: string, list: string): string | null {
  const form: BatchForm = { way: 'list', list, plan: null, until: null, reason: '' };
  const kept = { batchId: pastedId, query: '', form };
  try {
    sessionStorage.setItem(key, JSON.stringify({ ...kept, fileName: null }));
    return backPath(accountId, kept);
  } catch {
    return null;
  }
}

/** Where the form of a preview is found as it was. */
export function backPath(accountId: string, { batchId, query }: Pick<KeptForm, 'batchId' | 'query'>): string {
  const params = new URLSearchParams(query);
  params.set(backParam, batchId);
  return `${newBatchPath(accountId)}?${params}`;
}

/** The preview that the address of the form's page names. */
export const previewIn = (params: URLSearchParams): string | null => params.get(backParam);

const never = () => () => {};

/** The form of a preview; null until the browser has taken over, and where none is kept. */
export function useKeptForm(batchId: string | null): KeptForm | null {
  const text = useSyncExternalStore(
    never,
    () => sessionStorage.getItem(key),
    () => null,
  );
  const kept = text === null ? null : keptFrom(text);
  return kept !== null && kept.batchId === batchId ? kept : null;
}

/** Its file, as long as this page has it. */
export const fileOf = (kept: KeptForm | null): HandedIn | null =>
  kept !== null && keptFile?.batchId === kept.batchId ? keptFile.file : null;

function keptFrom(text: string): KeptForm | null {
  try {
    const { batchId, query, form, fileName } = JSON.parse(text);
    const isText = [batchId, query, form.list, form.reason].every((value) => typeof value === 'string');
    const isKnown = ways.has(form.way) && (form.plan === null || form.plan === 'file' || isLicense(form.plan));
    const isMaybeText = [form.until, fileName].every((value) => value === null || typeof value === 'string');
    return isText && isKnown && isMaybeText ? { batchId, query, form, fileName } : null;
  } catch {
    return null;
  }
}

const ways = new Set<unknown>(['filter', 'ticked', 'list', 'file'] satisfies BatchForm['way'][]);
