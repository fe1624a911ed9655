import type { License } from '../../lib/licenses/license.ts';
import type { Desk } from './desk.ts';

/** One change to be made: somebody's license to the other one. */
export type Turn = { userId: string; from: License; to: License };

export type Turns = {
  /** The next person's turn: from Basic to Pro, or back. */
  next(): Turn;
  taken(): number;
};

/** Groups of people who share nobody, each going back and forth between Basic and Pro, so that every change is a real one. */
export async function turnsFor({ deps, accountId }: Desk, groups: number): Promise<Turns[]> {
  const people = await deps.db
    .selectFrom('users')
    .select(['id', 'license'])
    .where('account_id', '=', accountId)
    .where('license', 'in', ['Basic', 'Pro'])
    .orderBy('id')
    .limit(groups * peopleInGroup)
    .execute();
  return Array.from({ length: groups }, (_, group) =>
    backAndForth(people.filter((_, place) => place % groups === group)),
  );
}

const peopleInGroup = 40;

/** Those of the given people who have Basic or Pro, going back and forth. */
export function backAndForth(people: { id: string; license: string | null }[]): Turns {
  const queue = people.flatMap(({ id, license }): Turn[] => {
    if (license === 'Basic') return [{ userId: id, from: 'Basic', to: 'Pro' }];
    return license === 'Pro' ? [{ userId: id, from: 'Pro', to: 'Basic' }] : [];
  });
  let taken = 0;
  return {
    next() {
      const turn = queue.shift();
      if (!turn) throw new Error('There is nobody to change');
      queue.push({ userId: turn.userId, from: turn.to, to: turn.from });
      taken += 1;
      return turn;
    },
    taken: () => taken,
  };
}
