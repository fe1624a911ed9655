import { number } from '../formats.ts';
import { counted } from './grammar.ts';

const waitForApproval = (batches: number) => `${counted(batches, 'batch waits', 'batches wait')} for approval`;

export const shell = {
  skip: 'Skip to content',
  main: 'Main',
  loading: 'Loading the page…',
  people: 'People',
  licenses: 'Licenses',
  trend: 'Trend',
  batches: 'Batches',
  attention: (approvals: number, notEnded: number) =>
    [
      approvals > 0 ? `${counted(approvals, 'batch waits', 'batches wait')} for your approval` : '',
      notEnded > 0 ? `${counted(notEnded, 'plan', 'plans')} did not end` : '',
    ]
      .filter(Boolean)
      .join(', '),
  waitsIn: (batches: number, account: string) => `${waitForApproval(batches)} in ${account}`,
  waitInOthers: (batches: number, accounts: number) =>
    `${waitForApproval(batches)} in ${number(accounts)} other accounts`,
  inAccount: (account: string) => `in ${account}`,
  audit: 'Audit',
  accounts: 'Accounts',
  chooseAccount: 'Choose an account',
  findAccount: 'Find an account',
  noSuchAccount: 'No account matches.',
  accountsFound: (count: number) => counted(count, 'account', 'accounts'),
  moreAccounts: (count: number) => `${counted(count, 'more account', 'more accounts')}. Type to find one.`,
  signOut: 'Sign out',
  tokens: 'Tokens for the command line',
  partMissing: 'Part of this page could not be loaded. Reload the page to use all of it.',
  outdated: 'Carillon was updated since you opened this page. Reload it and try again.',
  reload: 'Reload',
  restored:
    'The database was restored from a backup. You can look at everything, but nothing can be changed until your IT team has checked it.',
  role: (role: string) => ({ viewer: 'Viewer', helpdesk: 'Helpdesk', admin: 'Admin' })[role] ?? role,
  accountType: (type: string | null) =>
    type === null
      ? ''
      : ({ Team: 'Team', EnterpriseDirectory: 'Directory', EnterpriseLWA: 'Enterprise', EnterpriseOIDC: 'Okta' }[
          type
        ] ?? type),
};
