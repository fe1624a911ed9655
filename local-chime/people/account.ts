import type { License } from '../../lib/licenses/license.ts';

/** `AccountType` of the API. */
export type AccountType = 'Team' | 'EnterpriseDirectory' | 'EnterpriseLWA' | 'EnterpriseOIDC';

/** The `Account` shape of the API. */
export type ChimeAccount = {
  AwsAccountId: string;
  AccountId: string;
  Name: string;
  AccountType: AccountType;
  CreatedTimestamp: string;
  DefaultLicense: License;
  SupportedLicenses: License[];
  AccountStatus: 'Active' | 'Suspended';
  SigninDelegateGroups: { GroupName: string }[];
};

/** Whether licenses follow the membership of directory groups, so that the API may not change them. */
export function isRuledByDirectory({ AccountType }: ChimeAccount): boolean {
  return AccountType === 'EnterpriseDirectory' || AccountType === 'EnterpriseOIDC';
}
