import { isLicense, type License } from '../licenses/license.ts';

/** A Chime account, as Chime last told us. */
export type Account = {
  id: string;
  name: string;
  type: string | null;
  status: string | null;
  defaultLicense: string | null;
  supportedLicenses: string[];
};

/** How fresh the mirror of an account is. Moments are ISO-8601. */
export type Freshness = {
  /** When the last complete listing began; null before the first one. */
  asOf: string | null;
  /**
   * A listing in progress: the people read so far, and about how many there are, where an earlier one has told. `hasWorker`:
   * whether any worker has been seen lately that could read on.
   */
  syncing: { since: string; read: number; about: number | null; hasWorker: boolean } | null;
  /** Why the last listing did not finish, if it did not. */
  failure: { code: string; at: string } | null;
  /** How many people of the last complete listing have an ID that may not be sent to Chime: they are not in the mirror. */
  leftOut: number;
};

/** Of an account that has never been listed. */
export const neverListed: Freshness = { asOf: null, syncing: null, failure: null, leftOut: 0 };

/** A copy that is older than this is called old. */
export const staleAfterMinutes = 15;

/** An account as the browser needs it to offer plans. */
export type AccountView = {
  id: string;
  name: string;
  type: string | null;
  supportedLicenses: License[];
  directoryManaged: boolean;
};

/** An account as the way to it is offered. */
export type AccountInList = { id: string; name: string; type: string | null; people: number };

/** The accounts that a text means: the one of this ID, else those of this name, letter case and blanks around it aside. */
export function accountsNamed<T extends { id: string; name: string }>(accounts: T[], text: string): T[] {
  const own = accounts.filter(({ id }) => id === text.trim().toLowerCase() || id === text.trim());
  const bare = (name: string) => name.normalize('NFC').trim().toLowerCase();
  return own.length > 0 ? own : accounts.filter(({ name }) => bare(name) === bare(text));
}

/**
 * Whether group membership in the company directory decides the licenses of an account's people
 * (Admin Guide: accounts connected to Active Directory or Okta), so that UpdateUser has no say.
 */
export function isDirectoryManaged(account: { type: string | null }): boolean {
  return account.type === 'EnterpriseDirectory' || account.type === 'EnterpriseOIDC';
}

export function viewOf(account: Account): AccountView {
  return {
    id: account.id,
    name: account.name,
    type: account.type,
    supportedLicenses: account.supportedLicenses.filter(isLicense),
    directoryManaged: isDirectoryManaged(account),
  };
}

/** What asking for a fresh listing comes to; `until` is ISO-8601. */
export type Refresh = { state: 'asked' } | { state: 'resting'; until: string };
