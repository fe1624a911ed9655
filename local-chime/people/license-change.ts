import { z } from 'zod';
import { licenses } from '../../lib/licenses/license.ts';
import { refuse } from '../errors.ts';
import { type ChimeAccount, isRuledByDirectory } from './account.ts';

/**
 * What may be sent to change a user. Only `LicenseType` changes anything, as the API reference says of both update
 * operations; the other members are checked and go no further.
 */
export const userChanges = {
  LicenseType: z.enum(licenses).nullish(),
  UserType: z.enum(['PrivateUser', 'SharedDevice']).nullish(),
  AlexaForBusinessMetadata: z
    .object({ IsAlexaForBusinessEnabled: z.boolean().nullish(), AlexaForBusinessRoomArn: z.string().nullish() })
    .nullish(),
};

/** Refuses to change licenses where the groups of a directory decide about them. */
export function refuseUnderDirectory(account: ChimeAccount): void {
  if (!isRuledByDirectory(account)) return;
  refuse('ForbiddenException', `The licenses of account ${account.AccountId} follow its directory groups`);
}

/** Refuses a license that the account does not offer. */
export function refuseUnsupported({ AccountId, SupportedLicenses }: ChimeAccount, license: string): void {
  if (SupportedLicenses.some((supported) => supported === license)) return;
  refuse('BadRequestException', `The license ${license} is not supported by account ${AccountId}`);
}
