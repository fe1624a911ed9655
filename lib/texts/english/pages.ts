import { counted } from './words.ts';

export const shell = {
  skip: 'Skip to the content',
  main: 'Main',
  people: 'People',
  licenses: 'Licenses',
  batches: 'Batches',
  audit: 'Audit',
  accounts: 'Accounts',
  chooseAccount: 'Choose an account',
  allAccounts: 'All accounts',
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
  refused: 'That user name and password do not go together. Check both and try again.',
  noAnswer: 'Carillon did not answer. Check your connection and try again.',
  wait: (seconds: number) =>
    `Too many tries to sign in. Wait ${seconds < 90 ? counted(seconds, 'second', 'seconds') : counted(Math.ceil(seconds / 60), 'minute', 'minutes')}, then try again.`,
  byProvider: 'Sign in with your work account',
  again: 'Try again',
  problems: {
    'no-access': 'Your account has no access to Carillon.',
    'no-groups': 'Your sign-in service did not tell Carillon which groups you are in.',
    'unclear-groups': 'Your sign-in service describes your groups in a way that Carillon does not understand.',
    'unverified-email': 'Your sign-in service has not verified your e-mail address.',
    stale:
      'This sign-in took too long, was already used, or was started again in another tab. Sign in again from this page.',
    'turned-back': 'Your sign-in service did not let you in, or you cancelled.',
    'bad-answer': 'Carillon cannot accept the answer of your sign-in service.',
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
    `This page could not be shown. Nothing was changed by this. Try again; if it stays so, ask your admin${reference ? ` and quote ${reference}` : ''}.`,
  brokenRetry: 'Try again',
  awayTitle: 'Carillon is not available right now',
  away: 'Carillon cannot reach its database. Nothing was changed by this. Try again in a moment; if it keeps failing, ask your admin.',
  missingTitle: 'Nothing here',
  missing: 'This page does not exist, or it is not one that you may see.',
  missingBack: 'Go to the people',
  noAccountsTitle: 'No accounts yet',
  noAccounts:
    'Carillon has not read any account from Amazon Chime yet, or none is open to you. Wait a minute and load the page again, or ask your admin.',
};
