import { z } from 'zod';

const text = z.string().nullish();
const moment = z.iso.datetime({ offset: true }).nullish();

/**
 * The members of the API's `User` shape that can be planted from outside. Enum members take any text:
 * a caller must be shown to cope with values it does not know.
 */
export const userMembersShape = z.strictObject({
  PrimaryEmail: text,
  PrimaryProvisionedNumber: text,
  DisplayName: text,
  LicenseType: text,
  UserType: text,
  UserRegistrationStatus: text,
  UserInvitationStatus: text,
  RegisteredOn: moment,
  InvitedOn: moment,
  AlexaForBusinessMetadata: z.strictObject({ IsAlexaForBusinessEnabled: z.boolean() }).nullish(),
  PersonalPIN: text,
});

export type ChimeUserMembers = z.output<typeof userMembersShape>;

/** The `User` shape of the API; members without a value are absent or null. */
export type ChimeUser = { UserId: string; AccountId: string } & ChimeUserMembers;

/** The answer of the API reference's own UpdateUser sample: every member there, and only `UserId` filled. */
export function sampleUser(userId: string): Record<string, string | null> {
  return {
    AccountId: null,
    Delegates: null,
    Devices: null,
    DisplayName: null,
    EmailAlias: null,
    FullName: null,
    InvitedOn: null,
    IsProTrial: null,
    LastActiveOn: null,
    LicenseType: null,
    PersonalPIN: null,
    PresenceVisibility: null,
    PrimaryEmail: null,
    PrimaryProvisionedNumber: null,
    RegisteredOn: null,
    UserId: userId,
    UserInvitationStatus: null,
    UserLocale: null,
    UserRegistrationStatus: null,
    Vanity: null,
  };
}
