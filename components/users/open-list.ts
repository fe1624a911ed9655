import type { License } from '@/lib/licenses/license.ts';
import type { Known } from './attempt.ts';

/** The one list of plans in the page: at whose control it is open, and which option is lit. */
export type OpenList = {
  userId: string;
  name: string;
  listed: Known;
  control: HTMLElement;
  place: number;
  commit: (license: License) => void;
};

export const planListId = 'plan-list';
export const optionId = (place: number) => `plan-option-${place}`;
export const planControlId = (userId: string) => `plan-${userId}`;

export function createOpenList() {
  let open: OpenList | null = null;
  const listeners = new Set<() => void>();

  function set(next: OpenList | null) {
    open = next;
    for (const listener of listeners) listener();
  }

  return {
    get: () => open,
    open: set,
    close: () => open && set(null),
    move: (place: number) => open && set({ ...open, place }),
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
