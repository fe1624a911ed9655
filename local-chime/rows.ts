import type { SQLInputValue, SQLOutputValue } from 'node:sqlite';
import { z } from 'zod';
import { licenses } from '../lib/licenses/license.ts';
import type { ChimeUser, ChimeUserMembers } from './people/user.ts';

/** The tables of the file. The members of an account stand there as JSON, those of a user in columns of their own. */
export const schema = `
  CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS accounts (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id TEXT NOT NULL UNIQUE,
    members TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS users (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    account INTEGER NOT NULL REFERENCES accounts (position),
    user_id TEXT NOT NULL,
    email TEXT, phone TEXT, name TEXT, license TEXT, user_type TEXT, registration TEXT, invitation TEXT,
    registered_on TEXT, invited_on TEXT, alexa INTEGER, pin TEXT,
    UNIQUE (account, user_id)
  ) STRICT;
  CREATE INDEX IF NOT EXISTS users_in_order ON users (account);
  CREATE INDEX IF NOT EXISTS users_by_type ON users (account, user_type);
  CREATE INDEX IF NOT EXISTS users_by_email ON users (lower(email), account);
  CREATE TABLE IF NOT EXISTS journal (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    request_id TEXT NOT NULL,
    operation TEXT NOT NULL,
    account_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    from_license TEXT,
    to_license TEXT
  ) STRICT;
`;

export const selectUsers = `SELECT position, user_id, email, phone, name, license, user_type, registration, invitation,
  registered_on, invited_on, alexa, pin FROM users WHERE account = ?`;
export const selectUser = `${selectUsers} AND user_id = ?`;
export const selectSomebody = `${selectUsers} AND position >= (
  SELECT min(position) + cast(? * (max(position) - min(position)) AS INTEGER) FROM users WHERE account = ?)
  ORDER BY position LIMIT 1`;

/** A row as SQLite gives it. */
export type Row = Record<string, SQLOutputValue>;
export const accountShape = z.object({
  AwsAccountId: z.string(),
  AccountId: z.string(),
  Name: z.string(),
  AccountType: z.enum(['Team', 'EnterpriseDirectory', 'EnterpriseLWA', 'EnterpriseOIDC']),
  CreatedTimestamp: z.string(),
  DefaultLicense: z.enum(licenses),
  SupportedLicenses: z.array(z.enum(licenses)),
  AccountStatus: z.enum(['Active', 'Suspended']),
  SigninDelegateGroups: z.array(z.object({ GroupName: z.string() })),
});

export function memberValues(user: ChimeUserMembers): SQLInputValue[] {
  return [
    user.PrimaryEmail ?? null,
    user.PrimaryProvisionedNumber ?? null,
    user.DisplayName ?? null,
    user.LicenseType ?? null,
    user.UserType ?? null,
    user.UserRegistrationStatus ?? null,
    user.UserInvitationStatus ?? null,
    user.RegisteredOn ?? null,
    user.InvitedOn ?? null,
    user.AlexaForBusinessMetadata ? Number(user.AlexaForBusinessMetadata.IsAlexaForBusinessEnabled) : null,
    user.PersonalPIN ?? null,
  ];
}

/** A user as the API answers it: members without a value are left out. */
export function userOf(accountId: string, row: Row): ChimeUser {
  return {
    UserId: `${row.user_id}`,
    AccountId: accountId,
    PrimaryEmail: text(row.email) ?? undefined,
    PrimaryProvisionedNumber: text(row.phone) ?? undefined,
    DisplayName: text(row.name) ?? undefined,
    LicenseType: text(row.license) ?? undefined,
    UserType: text(row.user_type) ?? undefined,
    UserRegistrationStatus: text(row.registration) ?? undefined,
    UserInvitationStatus: text(row.invitation) ?? undefined,
    RegisteredOn: text(row.registered_on) ?? undefined,
    InvitedOn: text(row.invited_on) ?? undefined,
    AlexaForBusinessMetadata: row.alexa === null ? undefined : { IsAlexaForBusinessEnabled: row.alexa === 1 },
    PersonalPIN: text(row.pin) ?? undefined,
  };
}

export function text(value: SQLOutputValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

export function integer(value: SQLOutputValue | undefined): number {
  return typeof value === 'number' ? value : 0;
}

/** One write, recorded in the transaction that made it. */
export type JournalEntry = {
  seq: number;
  at: string;
  requestId: string;
  operation: string;
  accountId: string;
  userId: string;
  from: string | null;
  to: string | null;
};

export const journalEntryOf = (row: Row): JournalEntry => ({
  seq: integer(row.seq),
  at: `${row.at}`,
  requestId: `${row.request_id}`,
  operation: `${row.operation}`,
  accountId: `${row.account_id}`,
  userId: `${row.user_id}`,
  from: text(row.from_license),
  to: text(row.to_license),
});
