import type { Credentials } from '../../lib/auth/example-operators.ts';
import { say, seconds } from '../steps.mjs';

/** The example operators: those made just now, with their passwords, and the user names of those that were there. */
export type Operators = { created: Credentials[]; existing: string[] };

const mayDo = {
  viewer: 'sees and exports',
  helpdesk: "changes one person's license at a time",
  admin: 'changes many, sees the whole audit log',
};

/** Says where Carillon is, and with which names and passwords its example operators sign in. */
export function welcome(
  url: string,
  operators: Operators | undefined,
  { begun, logs }: { begun: number; logs: string },
) {
  say(`\n  Ready after ${seconds(begun).trim()}:  ${url}\n`);
  if (operators && operators.created.length > 0) {
    say('  Sign in as one of the example operators (their passwords are shown only now):\n');
    for (const [index, { username, password, role }] of operators.created.entries()) {
      const isSecond = operators.created.findIndex((other) => other.role === role) < index;
      say(
        `    ${username.padEnd(10)} ${password}   ${isSecond ? 'approves large batches of the other admin' : mayDo[role]}`,
      );
    }
    say('');
  }
  if (operators && operators.existing.length > 0) {
    say(`  Example operators: ${operators.existing.join(', ')}. For new passwords: npm start -- --new-passwords\n`);
  }
  say(`  Ctrl-C stops everything. Logs are in ${logs}.\n`);
}
