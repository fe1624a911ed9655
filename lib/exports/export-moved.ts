import { csvHead, csvLine, csvMoment } from '../csv.ts';
import { comparePage, movedColumns, yesOrNo } from '../texts/trend/comparison.ts';
import type { MovedPerson } from '../trend/moved.ts';
import type { NamedAccount } from '../trend/view.ts';

/** The people behind a number as CSV (RFC 4180), in the words of the screen, a piece at a time. */
export async function* exportMoved(
  everyone: AsyncGenerator<MovedPerson[]>,
  accounts: NamedAccount[],
): AsyncGenerator<string> {
  const names = new Map(accounts.map(({ id, name }) => [id, name]));
  yield csvHead(movedColumns);
  for await (const people of everyone) {
    yield people.map((one) => lineOf(one, names.get(one.accountId) ?? one.accountId)).join('');
  }
}

const lineOf = (one: MovedPerson, accountName: string) =>
  csvLine([
    one.name,
    one.email ?? '',
    one.userId,
    accountName,
    yesOrNo(one.isThere),
    comparePage.held(one.before),
    comparePage.held(one.after),
    csvMoment(one.at),
    csvMoment(one.seenAfter),
    comparePage.origins[one.origin],
    one.operator?.name ?? '',
    one.reason ?? '',
    one.batch?.reason ?? '',
    one.batch?.id ?? '',
    one.cause ?? '',
  ]);
