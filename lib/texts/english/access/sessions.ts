import { counted } from '../grammar.ts';

export const sessions = {
  looking: 'Checking your other sessions…',
  others: (count: number) =>
    count === 0
      ? 'You’re not signed in anywhere else.'
      : `You have ${counted(count, 'other session', 'other sessions')}.`,
  signOut: 'Sign out my other sessions',
  signedOut: (count: number) =>
    count === 0 ? 'No other sessions.' : `Signed out ${counted(count, 'other session', 'other sessions')}.`,
  failed: 'Your other sessions could not be signed out. Try again.',
};
