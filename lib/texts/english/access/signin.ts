import { counted } from '../grammar.ts';

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
