import { lifeDays } from '../../tokens/token.ts';

/** Tokens for the command line. */
export const tokens = {
  title: 'Tokens',
  back: (account: string) => `People of ${account}`,
  lead: `With a token you can change many people’s plans from the command line, with the rights you have at that moment. A token ends after ${lifeDays} days.`,
  caption: 'Your tokens',
  name: 'Name',
  nameHelp: 'What the token is for, for example the machine it is on.',
  made: 'Made',
  used: 'Last used',
  never: 'Never',
  ends: 'Ends',
  make: 'Make a token',
  making: 'Making…',
  none: 'You have no token.',
  once: 'This is the token. Copy it now: it is never shown again.',
  copy: 'Copy the token',
  copied: 'Token copied',
  revoke: 'Revoke',
  revokeNamed: (name: string) => `Revoke ${name}`,
  revoked: (name: string) => `${name} is revoked.`,
  missing: 'Give the token a name.',
  failed: 'That did not work. Try again.',
  tooMany: 'You have too many tokens already. Revoke one first.',
  notAllowed: 'Your role has no use for a token: only admins change many people’s plans.',
};
