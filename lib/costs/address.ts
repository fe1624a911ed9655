import { apiPathOf, pathOf, withParams } from '../trend/address.ts';

type Params = Record<string, string | string[] | undefined>;

/** The month that an address asks for, as it was written; of two, the first. Null: this month. */
export const monthAsked = (params: Params): string | null => [params.month].flat()[0]?.slice(0, longest) || null;

/** No month is longer. */
const longest = 20;

const paramsOf = (month: string | null) => new URLSearchParams(month === null ? [] : [['month', month]]);

/** Where the cost of an account in a month is, of all accounts where it is null; this month where none is named. */
export const costPath = (accountId: string | null, month: string | null = null) =>
  withParams(`${pathOf(accountId)}/cost`, paramsOf(month));

/** Where the costs of all months are as CSV. */
export const costExportPath = (accountId: string | null) => `${apiPathOf(accountId)}/cost/export`;

/** Where a file of hosted days in a month is handed in. */
export const activityPath = (accountId: string, month: string) =>
  withParams(`${apiPathOf(accountId)}/activity/upload`, paramsOf(month));

/** Where prices are; they are of no account, and `accountId` is only the way back. */
export const pricesPath = (accountId: string | null) =>
  withParams('/accounts/prices', new URLSearchParams(accountId === null ? [] : [['account', accountId]]));
