import { counted, number } from './words.ts';

export const shell = {
  skip: 'Skip to content',
  main: 'Main',
  loading: 'Loading the page…',
  people: 'People',
  licenses: 'Licenses',
  batches: 'Batches',
  attention: (approvals: number, notEnded: number) =>
    [
      approvals > 0 ? `${counted(approvals, 'batch waits', 'batches wait')} for your approval` : '',
      notEnded > 0 ? `${counted(notEnded, 'plan', 'plans')} did not end` : '',
    ]
      .filter(Boolean)
      .join(', '),
  waitsIn: (batches: number, account: string) => `${counted(batches, 'waits', 'wait')} in ${account}`,
  waitInOthers: (batches: number, accounts: number) =>
    `${counted(batches, 'waits', 'wait')} in ${number(accounts)} other accounts`,
  forApproval: 'for your approval',
  audit: 'Audit',
  accounts: 'Accounts',
  chooseAccount: 'Choose an account',
  allAccounts: 'All accounts',
  home: 'Carillon: go to the people',
  findAccount: 'Find an account',
  noSuchAccount: 'No account matches.',
  accountsFound: (count: number) => counted(count, 'account', 'accounts'),
  moreAccounts: (count: number) => `${counted(count, 'more account', 'more accounts')}. Type to find one.`,
  signOut: 'Sign out',
  tokens: 'Tokens for the command line',
  partMissing: 'Part of this page could not be loaded. Reload the page to use all of it.',
  reload: 'Reload',
  role: (role: string) => ({ viewer: 'Viewer', helpdesk: 'Helpdesk', admin: 'Admin' })[role] ?? role,
  accountType: (type: string | null) =>
    type === null
      ? ''
      : ({ Team: 'Team', EnterpriseDirectory: 'Directory', EnterpriseLWA: 'Enterprise', EnterpriseOIDC: 'Okta' }[
          type
        ] ?? type),
};

export const signIn = {
  title: 'Sign in to Carillon',
  lead: 'The license desk for Amazon Chime.',
  userName: 'User name',
  password: 'Password',
  submit: 'Sign in',
  submitting: 'Signing in…',
  refused: 'Wrong user name or password. Check both and try again.',
  noAnswer: 'Carillon did not answer. Check your connection and try again.',
  wait: (seconds: number) =>
    `Too many sign-in attempts. Wait ${seconds < 90 ? counted(seconds, 'second', 'seconds') : counted(Math.ceil(seconds / 60), 'minute', 'minutes')}, then try again.`,
  byProvider: 'Sign in with your work account',
  again: 'Try again',
  problems: {
    'no-access': 'Your account has no access to Carillon.',
    'no-groups': 'Your sign-in service did not tell Carillon which groups you are in.',
    'unclear-groups': 'Carillon does not understand how your sign-in service names your groups.',
    'unverified-email': 'Your sign-in service has not verified your e-mail address.',
    stale:
      'This sign-in took too long, was already used, or was started again in another tab. Sign in again from this page.',
    'turned-back': 'Your sign-in service did not let you in, or you cancelled.',
    'bad-answer': 'Carillon could not accept the answer from your sign-in service.',
    'no-provider': 'Your sign-in service is not responding. Try again in a moment.',
    'unfit-provider': 'Carillon is not set up correctly for your sign-in service.',
    failed: 'Signing in failed. Try again; if it keeps failing, ask your admin.',
    'no-answer': 'Carillon did not answer. Check your connection and try again.',
  },
  reference: (id: string) => `If it keeps failing, give your admin this reference: ${id}`,
};

export const pages = {
  brokenTitle: 'Something went wrong',
  broken: (reference: string | undefined) =>
    `This page could not be shown. No changes were made. Try again; if it keeps failing, ask your admin${reference ? ` and give them this reference: ${reference}` : ''}.`,
  /** `at` in ISO 8601: the same letters as in the log. */
  brokenReference: (digest: string, at: string) => `${digest}, ${at}`,
  noScript:
    'Carillon needs JavaScript. Turn it on for this site in the settings of your browser, then reload the page. If you can’t, ask your admin.',
  brokenRetry: 'Try again',
  awayTitle: 'Carillon is not available right now',
  away: 'Carillon cannot reach its database. No changes were made. Try again in a moment; if it keeps failing, ask your admin.',
  missingTitle: 'Page not found',
  missing: 'This page does not exist, or you don’t have access to it.',
  missingBack: 'Go to People',
  noAccountsTitle: 'No accounts yet',
  noAccounts:
    'Carillon has not loaded any account from Amazon Chime yet, or you have no access to any. Wait a minute and reload the page, or ask your admin.',
};
