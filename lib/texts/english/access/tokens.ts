import { lifeDays } from '../../../tokens/token.ts';

/** Tokens for the command line. */
export const tokens = {
  title: 'Tokens',
  back: (account: string) => `People in ${account}`,
  lead: `With a token you can change many people’s plans from the command line, with your current permissions. A token expires after ${lifeDays} days.`,
  caption: 'Your tokens',
  name: 'Name',
  nameHelp: 'What the token is for, for example the machine that uses it.',
  made: 'Created',
  used: 'Last used',
  never: 'Never',
  ends: 'Expires',
  make: 'Create token',
  making: 'Creating…',
  none: 'You have no tokens.',
  once: 'This is your new token. Copy it now: it is not shown again.',
  copy: 'Copy token',
  copied: 'Token copied',
  revoke: 'Revoke',
  revokeNamed: (name: string) => `Revoke ${name}`,
  revoked: (name: string) => `${name} is revoked.`,
  missing: 'Enter a name for the token.',
  failed: 'Not done. Try again.',
  tooMany: 'You have too many tokens. Revoke one first.',
  notAllowed: 'Only admins can use tokens.',
};
