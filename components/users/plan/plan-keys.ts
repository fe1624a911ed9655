import type { KeyboardEvent } from 'react';
import type { License } from '@/lib/licenses/license.ts';
import type { OpenList } from '../change/open-list.ts';
import { stepForKey } from '../shortcuts/keys.ts';
import { planLabel, planOptions } from './plans.ts';

/** Where a key was pressed: `open` is the list of plans, where it is open at this person. */
export type AtControl = {
  open: OpenList | null;
  shown: string | null;
  supported: License[];
  openAt: (place: number) => void;
};

type Store = {
  list: { set(open: OpenList | null): void };
  ask(todo: (engine: { commit(open: OpenList, to: License): void }) => void): void;
};

/** A key pressed on a person's plan; what is not ours goes on to the page and the browser. */
export function pressPlanKey(store: Store, event: KeyboardEvent, { open, shown, supported, openAt }: AtControl) {
  const options = planOptions(supported, shown);
  const step = stepForKey(event, open ? (open.place ?? 0) : null, options, options.map(planLabel));
  if (!step) return;
  if (!(step.do === 'close' && step.keepKey)) event.preventDefault();
  event.stopPropagation();
  if (step.do === 'open') openAt(step.place);
  if (step.do === 'close') store.list.set(null);
  if (step.do === 'move' && open) store.list.set({ ...open, place: step.place });
  if (step.do === 'commit' && open) {
    const option = options[open.place ?? -1];
    if (option?.isOffered) store.ask((engine) => engine.commit(open, option.license));
  }
}
