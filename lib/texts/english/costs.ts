import type { PriceProblem } from '../../costs/input.ts';
import { decimal, type Price } from '../../costs/price.ts';
import type { ActivityFile, CostAnswer, CostProblem } from '../../costs/view.ts';
import { money, number, when } from '../formats.ts';
import { counted } from './grammar.ts';

const dateOf = (day: string) => when.date(`${day}T12:00:00Z`, 'UTC');
const monthOf = (month: string) => when.month(`${month}-15T12:00:00Z`, 'UTC');
const moment = (at: string, zone: string) => `${when.date(at, zone)}, ${when.clock(at, zone)}`;

const amount = (value: bigint, { currency, decimals }: Pick<Price, 'currency' | 'decimals'>) =>
  money(decimal(value, decimals), currency);

/**
 * "Between EUR 0.00 and EUR 14,520.00: Pro costs only on days a person hosts; 968 people could have. Price entered by Dana Reyes on 2
 * November 2026." Nothing of money where there is no price.
 */
export function costSentence({ range, people, prices, activity, isOpen }: CostAnswer, zone: string): string {
  const could = people === 0 ? 'nobody could have' : `${counted(people, 'person', 'people')} could have`;
  if (range === null) return `Price not known. Pro costs only on days a person hosts; ${could}.`;
  const between = `Between ${amount(range.lowest, range)} and ${amount(range.highest, range)}${isOpen ? ' so far' : ''}`;
  const known = activity.length === 0 ? '' : ` The lower amount is that of the hosted days that ${filesOf(activity)}.`;
  return `${between}: Pro costs only on days a person hosts; ${could}.${known} ${enteredBy(prices, zone)}`;
}

const filesOf = ([first, ...others]: ActivityFile[]) =>
  others.length > 0 ? `${number(others.length + 1)} files tell` : `“${first?.name}” tells`;

function enteredBy(prices: Price[], zone: string): string {
  const [last, ...others] = prices;
  if (!last) return '';
  const entered = `entered by ${last.enteredBy} on ${when.date(last.enteredAt, zone)}`;
  return others.length === 0
    ? `Price ${entered}.`
    : `${counted(others.length + 1, 'price', 'prices')}, the last one ${entered}.`;
}

export function costProblem(problem: CostProblem, zone: string): string {
  switch (problem.code) {
    case 'no-month':
      return `There is no month ${problem.text}. Write months like 2026-11.`;
    case 'future':
      return `${monthOf(problem.month)} has not begun yet.`;
    case 'unknown':
      return problem.knownFrom === null
        ? 'Nothing is known yet: the first complete reading is still to come.'
        : `We know nothing before ${moment(problem.knownFrom, zone)}.`;
  }
}

/** The page about what Pro can cost in a month. */
export const costPage = {
  title: 'Cost of Pro',
  titleOf: (account: string) => `Cost of Pro in ${account}`,
  titleOfAll: 'Cost of Pro in all accounts',
  link: 'Cost of Pro by month',
  heading: 'What Pro can cost',
  inMonth: (month: string) => `In ${monthOf(month)}:`,
  months: 'Month',
  month: monthOf,
  csv: 'Download CSV',
  prices: 'Prices',
  enterPrice: 'Enter what Pro costs',
  noPrice: 'No price of Pro has been entered, so nothing is said about money.',
  askAdmin: 'An admin can enter one.',
  accounts: 'By account',
  allAccounts: 'All accounts together',
  figures: 'Figures',
  people: 'People who had Pro on any day',
  lowest: 'At least',
  highest: 'At most',
  price: 'Price',
  priceNotKnown: 'not known',
  asOf: (at: string, zone: string) => `As of ${moment(at, zone)}.`,
  zone: (zone: string) =>
    `Days are those of the time zone ${zone}. Which time zone Amazon bills by is not known: a day with Pro that goes over midnight may count otherwise there.`,
  assumption:
    'At most: every person hosted a meeting on every day on which they had Pro at any moment. At least: only the hosted days of an uploaded file, no more of them than days with Pro, or none. Basic and trials cost nothing.',
  cap: 'Each person costs at most the monthly cap.',
  twoCaps:
    'The price changes within this month: the higher cap counts for the higher amount, and the lower cap for the lower one.',
  unpriced: (days: number, all: number) =>
    days === all
      ? 'No day of this month has a price.'
      : `${counted(days, 'day', 'days')} of this month ${days === 1 ? 'is' : 'are'} without a price and not in the amounts.`,
  later: (account: string, knownFrom: string | null, zone: string) =>
    knownFrom === null
      ? `${account} is not counted: nothing is known of it yet.`
      : `${account} is counted from ${moment(knownFrom, zone)}: nothing is known before.`,
  madeUp: (at: string, zone: string) => `History before ${moment(at, zone)} is an example and made up.`,
  gaps: 'Carillon did not see all accounts all the time: what it knew last counts for the time between.',
  activity: (file: ActivityFile, zone: string) =>
    `Hosted days from “${file.name}”, uploaded by ${file.uploadedBy} on ${when.date(file.uploadedAt, zone)}: ${counted(file.matched, 'person', 'people')} found, ${number(file.unmatched)} not found, ${number(file.unclear)} not clear.`,
};

/** Where a file of hosted days is handed in. */
export const activityForm = {
  title: (month: string) => `Hosted days in ${monthOf(month)}`,
  help: 'A file with the number of days on which each person hosted a meeting raises the lower amount. It replaces an earlier file for this month.',
};

/** A price in a few words: "EUR 3.00 a day, at most EUR 15.00 a month" */
export const priceWords = (price: Pick<Price, 'currency' | 'decimals' | 'perDay' | 'capPerMonth'>) =>
  `${amount(price.perDay, price)} a day, at most ${amount(price.capPerMonth, price)} a month`;

const fieldNames = {
  perDay: 'the price per day',
  capPerMonth: 'the cap per month',
  currency: 'the currency',
  validFrom: 'the first day',
  source: 'where the price is from',
};

/** Why a price is not taken, and what to do. */
export function priceProblem(problem: PriceProblem): string {
  switch (problem.code) {
    case 'missing':
      return `Enter ${fieldNames[problem.field]}.`;
    case 'unknown-currency':
      return `There is no currency ${problem.text}. Enter its three letters, such as EUR.`;
    case 'negative':
      return `Enter ${fieldNames[problem.field]} as 0 or more.`;
    case 'too-large':
      return `Enter ${fieldNames[problem.field]} with at most 12 digits before the point.`;
    case 'no-amount':
      return `Enter ${fieldNames[problem.field]} in digits with a point before the decimals, such as 15.50. “${problem.text}” is not clear.`;
    case 'too-many-decimals':
      return problem.decimals === 0
        ? `Enter ${fieldNames[problem.field]} without decimals: ${problem.currency} has none.`
        : `Enter ${fieldNames[problem.field]} with at most ${counted(problem.decimals, 'decimal', 'decimals')}: ${problem.currency} has no more.`;
    case 'cap-below-day':
      return 'Enter a cap per month that is not below the price per day.';
    case 'no-day':
      return `There is no day ${problem.text}. Write days like 2026-11-01.`;
    case 'same-day':
      return `A price from ${dateOf(problem.day)} is there already. Withdraw it first, or choose another day.`;
    case 'two-currencies':
      return `${monthOf(problem.month)} would have prices in ${problem.currencies[0]} and in ${problem.currencies[1]}. Another currency can begin on the first day of a month.`;
  }
}

/** The page on which prices are entered. */
export const pricesPage = {
  title: 'Prices of Pro',
  back: (account: string) => `Cost of Pro in ${account}`,
  backToAll: 'Cost of Pro in all accounts',
  lead: 'Carillon comes with no prices. Enter your organisation’s own, from the contract or an invoice; they hold for all accounts.',
  viewerLead: 'Admins of all accounts enter the prices of your organisation here. They hold for all accounts.',
  none: 'No price has been entered.',
  caption: 'Prices, those that begin last first',
  validFrom: 'From',
  perDay: 'Per day',
  capPerMonth: 'Cap per month',
  currency: 'Currency',
  source: 'Where it is from',
  help: {
    perDay: 'With a point before the decimals, such as 15.50.',
    capPerMonth: 'The most that a person costs in a calendar month.',
    currency: 'Three letters, such as EUR.',
    validFrom: 'The first day it holds, such as 2026-11-01.',
    source: 'A contract, an offer or an invoice.',
  },
  entered: 'Entered',
  enteredBy: (name: string, at: string) => `${name}, ${at}`,
  withdrawn: (name: string, at: string) => `Withdrawn by ${name}, ${at}`,
  enter: 'Enter price',
  entering: 'Entering…',
  saidEntered: (day: string) => `The price from ${dateOf(day)} is entered.`,
  withdraw: 'Withdraw',
  withdrawNamed: (day: string) => `Withdraw the price from ${dateOf(day)}`,
  saidWithdrawn: (day: string) => `The price from ${dateOf(day)} is withdrawn.`,
  leftMixed: (month: string) =>
    `Without this price, ${monthOf(month)} would have two currencies. Withdraw the later price first.`,
  failed: 'Not done. Try again.',
  elsewhere: 'Not done: the prices have changed meanwhile. Load the page again and look at them.',
  date: dateOf,
};

/** What the file of costs says. */
export const costFile = {
  headings: (zone: string) => [
    'Month',
    'Account',
    `Counted from (${zone})`,
    `Counted until (${zone})`,
    'People who had Pro',
    'At least',
    'At most',
    'Currency',
    'Price per day',
    'Cap per month',
    'Price from',
    'Entered by',
    'Entered on',
    'Source',
    'Hosted days from',
    'Note',
  ],
  notKnown: 'not known',
  isOpen: 'so far',
};
