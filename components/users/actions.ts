import type { Refresh } from '@/lib/accounts/account.ts';
import type { Choice, Outcome } from '@/lib/changes/change.ts';
import type { License } from '@/lib/licenses/license.ts';
import type { Preferences } from '@/lib/preferences/preferences.ts';
import type { Result } from '@/lib/result.ts';
import type { View } from '@/lib/views/view.ts';

type PersonIn = { accountId: string; userId: string };
type ChangeOf = { accountId: string; changeId: string };

/** What the page may ask of its server. Each may reject when the connection is gone: then nothing is known. */
export type Actions = {
  /** One outcome for each choice, in their order, after at most 1.5 s. */
  changeLicenses(input: { accountId: string; choices: Choice[] }): Promise<Result<Outcome[]>>;
  cancelChange(input: ChangeOf): Promise<Result<Outcome>>;
  checkChange(input: ChangeOf): Promise<Result<Outcome>>;
  /** About a change of one's own, or, without one, about the person. */
  addNote(input: PersonIn & { changeId?: string; note: string }): Promise<Result<null>>;
  /**
   * Makes the plan a person has temporary, followed by `to`, or permanent. `wall`: what the clocks of the zone show
   * at its end.
   */
  setEnding(
    input: PersonIn & { license: string; to: License; until: { wall: string; zone: string } },
  ): Promise<Result<null>>;
  removeEnding(input: PersonIn): Promise<Result<null>>;
  /** Leaves a plan as it is that did not end as planned, or that an earlier attempt has set late. */
  keepPlan(input: PersonIn & { license: string }): Promise<Result<null>>;
  /** Keeps a pasted list of e-mails and IDs, under which people can then be listed. */
  keepList(input: { accountId: string; text: string }): Promise<Result<{ id: string; asked: number }>>;
  /** Both answer with the views there are then. */
  saveView(input: { accountId: string } & View): Promise<Result<View[]>>;
  removeView(input: { accountId: string; name: string }): Promise<Result<View[]>>;
  savePreferences(preferences: Preferences): Promise<Result<null>>;
  refreshMirror(input: { accountId: string }): Promise<Result<Refresh>>;
  signOut(): Promise<void>;
};
