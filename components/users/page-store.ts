import type { License } from '@/lib/licenses/license.ts';
import { type Cell, createCell } from '../ui/cell.ts';
import type { Actions } from './actions.ts';
import { createAttempts } from './change/attempts.ts';
import type { ChangeEngine } from './change/change-engine.ts';
import type { OpenList } from './change/open-list.ts';
import { openStatus, type PageStatus } from './change/page-status.ts';
import type { Ticks } from './selection/chosen.ts';
import type { Marks } from './table/row/matched.tsx';

/** Who is at this page. Another operator may have the same name. */
export type PageOperator = { id: string; name: string };

export type PageStoreSetup = {
  accountId: string;
  operator: PageOperator;
  actions: Actions;
  /** The plans that the account gives. */
  supported: License[];
  /** Whether people can be chosen here to change the plans of many. */
  chooses: boolean;
  retired: boolean;
};

export type PageStore = {
  accountId: string;
  operator: PageOperator;
  actions: Actions;
  supported: License[];
  attempts: ReturnType<typeof createAttempts>;
  pageStatus: Cell<PageStatus>;
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
  engine(): ChangeEngine | null;
  ask(todo: (engine: ChangeEngine) => void): void;
  install(engine: ChangeEngine): void;
};

/**
 * What the rows show. Changes are made by the change engine, which the page fetches right after it is drawn, so that the list is there
 * first; what is asked of it before is done once it has come.
 */
export function createPageStore({
  accountId,
  operator,
  actions,
  supported,
  chooses,
  retired,
}: PageStoreSetup): PageStore {
  let engine: ChangeEngine | null = null;
  let waiting: ((engine: ChangeEngine) => void)[] = [];

  return {
    accountId,
    operator,
    actions,
    supported,
    attempts: createAttempts(),
    pageStatus: createCell<PageStatus>(retired ? { ...openStatus, chime: 'retired' } : openStatus),
    list: createCell<OpenList | null>(null),
    chooses,
    ticks: createCell<Ticks | null>(null),
    marks: createCell<Marks | null>(null),
    live: createCell(false),
    hidden: new Set<string>(),
    names: new Map<string, string>(),

    engine: () => engine,

    ask(todo: (engine: ChangeEngine) => void) {
      if (engine) todo(engine);
      else waiting.push(todo);
    },

    install(installed: ChangeEngine) {
      engine = installed;
      const todos = waiting;
      waiting = [];
      for (const todo of todos) todo(installed);
    },
  };
}
