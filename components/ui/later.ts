import { type ComponentType, lazy } from 'react';
import { createCell } from './cell.ts';

type Part<Props> = { default: ComponentType<Props> };

/** Milliseconds before each try. After the last, only loading the page again helps: a newer build has replaced its parts. */
const pauses = [3_000, 3_000, 6_000, 12_000, 24_000, 48_000];

/** Failures while the browser is online after which the page says that a part is missing. */
const failuresBeforeNotice = 2;

/** Whether a part of the page could not be fetched although the browser is online. */
export const isPartMissing = createCell(false);

/** A part of the page that is fetched when it is first drawn; where that fails, some more times, each after a longer pause. */
export function later<Props>(load: () => Promise<Part<Props>>) {
  return lazy(() => fetchPart(load));
}

/** Resolves with the part; where it cannot be had, never, and `isPartMissing` is set. */
export async function fetchPart<Props>(load: () => Promise<Part<Props>>): Promise<Part<Props>> {
  for (let failures = 0; failures < pauses.length; ) {
    try {
      return await load();
    } catch {
      if (navigator.onLine) failures += 1; // without a connection, no number of tries is too many
      if (failures >= failuresBeforeNotice) isPartMissing.set(true);
      await new Promise((resolve) => setTimeout(resolve, pauses[failures] ?? 0));
    }
  }
  return new Promise(() => undefined);
}
