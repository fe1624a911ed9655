import type { EntryOperator } from '../../audit/entry.ts';
import { when } from '../formats.ts';
import { unmarked } from '../marks.ts';

export const history = {
  loading: 'Loading history…',
  failed: 'The history could not be loaded.',
  empty: 'No changes recorded for this person.',
  setBack: (planName: string) => `Set back to ${planName}`,
  noWayBack: (planName: string) => `${planName} can’t be chosen again in this account.`,
  open: (by: { operator: string; login: string | null }, from: string, to: string, state: 'pending' | 'unknown') => {
    const who = operatorCalled({ name: by.operator, login: by.login, hasNamesake: by.login !== null });
    return state === 'pending'
      ? `${who} is changing ${from} to ${to} right now.`
      : `${who} asked to change ${from} to ${to}. We cannot tell yet whether it worked; we keep checking.`;
  },
};

/** An operator by name; with the user name too where another operator has the same name. */
export function operatorCalled({
  name,
  login,
  hasNamesake,
}: Pick<EntryOperator, 'name' | 'login' | 'hasNamesake'>): string {
  return `**${unmarked(name)}**${hasNamesake && login ? ` (${unmarked(login)})` : ''}`;
}

/** When something happened that was only noticed later, in the reader's time zone unless another is named. */
export const window = {
  seen: 'Noticed',
  between(since: string, seen: string, zone?: string) {
    return `Between ${when.range(since, seen, zone).replace(/\s?–\s?/, ' and ')}`;
  },
};
