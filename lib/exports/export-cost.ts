import { decimal } from '../costs/price.ts';
import { showCost } from '../costs/show-cost.ts';
import type { CostAnswer } from '../costs/view.ts';
import { csvHead, csvLine, csvMoment } from '../csv.ts';
import type { Database } from '../db/database.ts';
import { costFile, costPage } from '../texts/costs.ts';
import { dayOf } from '../trend/calendar.ts';
import type { Whose } from '../trend/view.ts';
import { wallOf } from '../wall-clock.ts';
import { filePart } from './export-name.ts';

/** As in `cost-nordwind-group-2026-11-28.csv`. */
export const costExportName = ({ account }: Whose, now: Date, zone: string): string =>
  `cost-${filePart((account?.name ?? 'all-accounts').toLowerCase()) || account?.id}-${dayOf(now, zone)}.csv`;

/**
 * What Pro can cost in each month that something is known of, newest first, as CSV (RFC 4180): a line for each account, and of several
 * accounts one more for all of them together. Never one amount alone: each line has the least and the most.
 */
export async function* exportCost(db: Database, whose: Whose, zone: string): AsyncGenerator<string> {
  yield csvHead(costFile.headings(zone));
  const { months } = await showCost(db, whose, null, zone);
  const parts: Whose[] = whose.accounts.map((account) => ({ account, accounts: [account] }));
  if (whose.account === null && parts.length > 1) parts.push(whose);
  for (const month of months) {
    for (const part of parts) {
      const { answer } = await showCost(db, part, month, zone);
      if (!('problem' in answer)) yield costLine(month, part.account?.name ?? costPage.allAccounts, answer, zone);
    }
  }
}

function costLine(month: string, account: string, answer: CostAnswer, zone: string): string {
  const { range, prices, activity, people, from, to, isOpen } = answer;
  const [price] = prices;
  const amounts = range ? [range.lowest, range.highest].map((amount) => decimal(amount, range.decimals)) : ['', ''];
  const notes = [
    isOpen ? costFile.isOpen : '',
    ...(range ? [costPage.assumption, answer.hasTwoCaps ? costPage.twoCaps : costPage.cap] : []),
    answer.unpricedDays > 0 ? costPage.unpriced(answer.unpricedDays, answer.days) : '',
    ...answer.later.map(({ name, knownFrom }) => costPage.later(name, knownFrom, zone)),
    answer.madeUpUntil ? costPage.madeUp(answer.madeUpUntil, zone) : '',
    answer.hasGaps ? costPage.gaps : '',
  ];
  return csvLine([
    month,
    account,
    clock(from, zone),
    clock(to, zone),
    String(people),
    ...amounts,
    range?.currency ?? '',
    ...(price
      ? [
          decimal(price.perDay, price.decimals),
          decimal(price.capPerMonth, price.decimals),
          price.validFrom,
          price.enteredBy,
          csvMoment(price.enteredAt),
          price.source,
        ]
      : [costFile.notKnown, '', '', '', '', '']),
    activity.map(({ name }) => name).join('; '),
    notes.filter(Boolean).join(' '),
  ]);
}

const clock = (at: string, zone: string) => wallOf(Date.parse(at), zone).replace('T', ' ');
