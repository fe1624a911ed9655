import type { Database, Executor } from '../../db/database.ts';
import { factsOf, unknownBefore } from '../comparison/show-comparison.ts';
import { findLedgers } from '../ledger/ledger-store.ts';
import { type MovedAsked, movedPeriod } from '../links.ts';
import type { MovedPage } from '../moved.ts';
import { answerPeriod, atOneMoment, type Period } from '../period.ts';
import type { MovedView, Whose } from '../view.ts';
import { countOfCell, countOfStep, peopleOfCell, peopleOfStep } from './list-moved.ts';

/**
 * The people behind a number, 50 a page; what is wrong with the period is part of the answer. Refuses with `invalid` a page that is
 * none.
 */
export async function showMoved(
  db: Database,
  { account, accounts }: Whose,
  asked: MovedAsked,
  after: string | null,
  zone: string,
): Promise<MovedView> {
  const asPage = (answer: MovedView['answer']): MovedView => ({ account, asked, zone, answer });
  const accountIds = accounts.map(({ id }) => id);
  const { now } = await findLedgers(db, accountIds);
  const wanted = movedPeriod(asked, now, zone);
  if ('code' in wanted) return asPage({ problem: wanted });
  const period: Period = { accountIds, from: wanted.from, to: wanted.to };
  return atOneMoment(db, async (trx) => {
    const { known, ...answered } = await answerPeriod(trx, period);
    const [from, to, asOf] = [answered.from.toISOString(), answered.to.toISOString(), answered.now.toISOString()];
    const isKnown = known.some(({ knownFrom }) => knownFrom !== null && (asked.of === 'step' || knownFrom <= from));
    if (!isKnown) return asPage({ problem: unknownBefore(known) });
    const day = asked.of === 'cell' ? asked.days : { from: null };
    const madeUpUntil = new Map(known.map((one) => [one.accountId, one.madeUpUntil]));
    const names = new Map(accounts.map(({ id, name }) => [id, name]));
    const { people, next, total } = await pageOf(trx, period, asked, after);
    return asPage({
      ...factsOf(accounts, day, wanted, { zone, from, to, asOf, known }),
      people: people.map((one) => ({
        ...one,
        accountName: names.get(one.accountId) ?? one.accountId,
        isMadeUp: one.at < (madeUpUntil.get(one.accountId) ?? ''),
      })),
      total,
      next,
    });
  });
}

async function pageOf(
  trx: Executor,
  period: Period,
  asked: MovedAsked,
  after: string | null,
): Promise<MovedPage & { total: number }> {
  return asked.of === 'cell'
    ? {
        ...(await peopleOfCell(trx, period, asked.filter, after)),
        total: await countOfCell(trx, period, asked.filter),
      }
    : {
        ...(await peopleOfStep(trx, period, asked.filter, after)),
        total: await countOfStep(trx, period, asked.filter),
      };
}
