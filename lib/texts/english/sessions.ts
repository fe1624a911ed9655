import { counted } from './words.ts';

export const sessions = {
  looking: 'Looking where else you are signed in…',
  others: (count: number) =>
    count === 0 ? 'You are signed in nowhere else.' : `You have ${counted(count, 'other session', 'other sessions')}.`,
  signOut: 'Sign out my other sessions',
  signedOut: (count: number) =>
    count === 0
      ? 'There was no other session any more.'
      : `Signed out ${counted(count, 'other session', 'other sessions')}.`,
  failed: 'That did not work. Try again.',
};
