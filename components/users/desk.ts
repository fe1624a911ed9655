import type { License } from '@/lib/licenses/license.ts';
import { type Cell, createCell } from '../ui/cell.ts';
import type { Actions } from './actions.ts';
import { createAttempts } from './change/attempts.ts';
import type { OpenList } from './change/open-list.ts';
import { openSite, type Site } from './change/site.ts';
import type { Workbench } from './change/workbench.tsx';
import type { Ticks } from './selection/ticks.tsx';
import type { Marks } from './table/matched.tsx';

/** The operator at this desk; names are not theirs alone. */
export type DeskOperator = { id: string; name: string };

export type DeskSetup = {
  accountId: string;
  operator: DeskOperator;
  actions: Actions;
  /** The plans that the account gives. */
  supported: License[];
  /** Whether people can be chosen here to change the plans of many. */
  chooses: boolean;
  retired: boolean;
};

export type Desk = {
  accountId: string;
  operator: DeskOperator;
  actions: Actions;
  supported: License[];
  attempts: ReturnType<typeof createAttempts>;
  site: Cell<Site>;
  list: Cell<OpenList | null>;
  chooses: boolean;
  /** The checkboxes, as soon as they have come. */
  ticks: Cell<Ticks | null>;
  /** What marks in the rows what was searched for, as soon as it has come. */
  marks: Cell<Marks | null>;
  /** Whether our server tells this page at once what happens, so that asking often is not needed. */
  live: Cell<boolean>;
  /** People who are gone and were taken out of the list. */
  hidden: Set<string>;
  /** What to call the people being worked on. */
  names: Map<string, string>;
  /** Null only as long as nothing can have happened to any attempt. */
  bench(): Workbench | null;
  ask(todo: (bench: Workbench) => void): void;
  install(bench: Workbench): void;
};

/**
 * What the rows show and what is wanted of them. How changes are made is on the workbench, which the page fetches right
 * after it is drawn, so that the list is there first; what is asked of it before that is done as soon as it has come.
 */
export function createDesk({ accountId, operator, actions, supported, chooses, retired }: DeskSetup): Desk {
  let bench: Workbench | null = null;
  let waiting: ((bench: Workbench) => void)[] = [];

  return {
    accountId,
    operator,
    actions,
    supported,
    attempts: createAttempts(),
    site: createCell<Site>(retired ? { ...openSite, chime: 'retired' } : openSite),
    list: createCell<OpenList | null>(null),
    chooses,
    ticks: createCell<Ticks | null>(null),
    marks: createCell<Marks | null>(null),
    live: createCell(false),
    hidden: new Set<string>(),
    names: new Map<string, string>(),

    bench: () => bench,

    ask(todo: (bench: Workbench) => void) {
      if (bench) todo(bench);
      else waiting.push(todo);
    },

    install(installed: Workbench) {
      bench = installed;
      const todos = waiting;
      waiting = [];
      for (const todo of todos) todo(installed);
    },
  };
}
