import { z } from 'zod';
import type { Account } from '../accounts/account.ts';
import { plainText } from '../plain-text.ts';
import type { User } from '../users/user.ts';

/**
 * What we read of Chime's answers (API reference, User and Account). Unknown enum values pass as text; what is not named
 * here, PersonalPIN above all, goes no further than this file.
 */
const text = z
  .string()
  .nullish()
  .transform((value) => (value == null ? null : plainText(value)));
const moment = z
  .date()
  .nullish()
  .transform((value) => value ?? null);
const list = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .nullish()
    .transform((items) => items ?? []);

const userAnswer = z.object({
  UserId: z.string().min(1),
  PrimaryEmail: text,
  DisplayName: text,
  LicenseType: text,
  UserType: text,
  UserRegistrationStatus: text,
  UserInvitationStatus: text,
  RegisteredOn: moment,
  InvitedOn: moment,
});

const accountAnswer = z.object({
  AccountId: z.string().min(1),
  Name: z.string().transform(plainText),
  AccountType: text,
  AccountStatus: text,
  DefaultLicense: text,
  SupportedLicenses: list(z.string().transform(plainText)),
});

export const oneUserAnswer = z.object({ User: userAnswer });
export const usersAnswer = z.object({ Users: list(userAnswer), NextToken: text });
export const oneAccountAnswer = z.object({ Account: accountAnswer });
export const accountsAnswer = z.object({ Accounts: list(accountAnswer), NextToken: text });
/** All that UpdateUser's answer can be trusted for: its sample in the API reference has null in every other field. */
export const updatedUserAnswer = z.object({ User: z.object({ UserId: z.string() }) });

export function userFrom(accountId: string, answer: z.output<typeof userAnswer>): User {
  return {
    accountId,
    id: answer.UserId,
    email: answer.PrimaryEmail,
    name: answer.DisplayName,
    license: answer.LicenseType,
    userType: answer.UserType,
    registration: answer.UserRegistrationStatus,
    invitation: answer.UserInvitationStatus,
    registeredOn: answer.RegisteredOn,
    invitedOn: answer.InvitedOn,
  };
}

export function accountFrom(answer: z.output<typeof accountAnswer>): Account {
  return {
    id: answer.AccountId,
    name: answer.Name,
    type: answer.AccountType,
    status: answer.AccountStatus,
    defaultLicense: answer.DefaultLicense,
    supportedLicenses: answer.SupportedLicenses,
  };
}

/** An answer without the list says of nobody that it was done: the SDK makes the same of an empty body. */
export const updatedUsersAnswer = z.object({
  UserErrors: z.array(z.object({ UserId: z.string(), ErrorCode: text, ErrorMessage: text })),
});
