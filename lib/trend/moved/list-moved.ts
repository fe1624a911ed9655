import type { Database, Executor } from '../../db/database.ts';
import { Refusal } from '../../failures.ts';
import { type CellFilter, isPlace, type MovedPage, type MovedPerson, type StepFilter } from '../moved.ts';
import { type AnsweredPeriod, answerPeriod, type Period } from '../period.ts';
import { countPeopleOfCell, countSteps, findPeopleOfCell, findPeopleOfSteps } from './moved-store.ts';

/** People on a page. */
const movedAPage = 50;

const exportedAtOnce = 2_000;

/**
 * The people behind a step of a chart, oldest first: a row a step, 50 a page. `after` is the `next` of the page before. Refuses
 * with `invalid` a period that ends before it begins or begins in the future, and a page that is none.
 */
export async function peopleOfStep(
  db: Executor,
  period: Period,
  filter: StepFilter,
  after: string | null = null,
): Promise<MovedPage> {
  const { accountIds, answered } = await stepsAnswered(db, period, after);
  return findPeopleOfSteps(db, accountIds, answered, filter, after, movedAPage);
}

/**
 * The people of one cell of a comparison of the same period, or of several: a row a person, in the order of their last changes, 50 a page. As
 * in `compareMoments`, accounts not known at the start are left out. Refuses as `peopleOfStep` does.
 */
export async function peopleOfCell(
  db: Executor,
  period: Period,
  cell: CellFilter,
  after: string | null = null,
): Promise<MovedPage> {
  const { accountIds, answered } = await cellAnswered(db, period, after);
  return findPeopleOfCell(db, accountIds, answered, cell, after, movedAPage);
}

/** How many rows `peopleOfStep` lists on all pages. Refuses as it does. */
export async function countOfStep(db: Executor, period: Period, filter: StepFilter): Promise<number> {
  const { accountIds, answered } = await stepsAnswered(db, period, null);
  return countSteps(db, accountIds, answered, filter);
}

/** How many people `peopleOfCell` lists on all pages. Refuses as it does. */
export async function countOfCell(db: Executor, period: Period, cell: CellFilter): Promise<number> {
  const { accountIds, answered } = await cellAnswered(db, period, null);
  return countPeopleOfCell(db, accountIds, answered, cell);
}

/** Everybody that `peopleOfStep` lists, some at a time. Refuses at the first of them. */
export async function* everyoneOfStep(db: Database, period: Period, filter: StepFilter): AsyncGenerator<MovedPerson[]> {
  const { accountIds, answered } = await stepsAnswered(db, period, null);
  yield* pages((after) => findPeopleOfSteps(db, accountIds, answered, filter, after, exportedAtOnce));
}

/** Everybody that `peopleOfCell` lists, some at a time. Refuses at the first of them. */
export async function* everyoneOfCell(db: Database, period: Period, cell: CellFilter): AsyncGenerator<MovedPerson[]> {
  const { accountIds, answered } = await cellAnswered(db, period, null);
  yield* pages((after) => findPeopleOfCell(db, accountIds, answered, cell, after, exportedAtOnce));
}

async function* pages(read: (after: string | null) => Promise<MovedPage>): AsyncGenerator<MovedPerson[]> {
  let after: string | null = null;
  do {
    const page: MovedPage = await read(after);
    if (page.people.length > 0) yield page.people;
    after = page.next;
  } while (after !== null);
}

type Answered = { accountIds: string[]; answered: AnsweredPeriod };

/** Steps from before an account was known are none. */
async function stepsAnswered(db: Executor, period: Period, after: string | null): Promise<Answered> {
  const answered = await answer(db, period, after);
  return { accountIds: answered.ledgers.map(({ accountId }) => accountId), answered };
}

async function cellAnswered(db: Executor, period: Period, after: string | null): Promise<Answered> {
  const answered = await answer(db, period, after);
  const compared = answered.ledgers.filter(({ knownFrom }) => knownFrom <= answered.from);
  return { accountIds: compared.map(({ accountId }) => accountId), answered };
}

async function answer(db: Executor, period: Period, after: string | null): Promise<AnsweredPeriod> {
  if (after !== null && !isPlace(after)) throw new Refusal('invalid', 'There is no such page.');
  return answerPeriod(db, period);
}
