import type { Break } from '../../../audit/chain.ts';
import type { Verdict } from '../../../audit/verify-export.ts';
import { number } from '../../formats.ts';
import { counted } from '../grammar.ts';

/** What `npm run audit:verify` says. */
export const auditCheck = {
  usage: `npm run audit:verify -- FILE [--key-env NAME]... [--checkpoints FILE]

Checks an audit export (JSON lines, all accounts, no filter) on its own: that no entry was edited, removed, added or moved.
With the checkpoints that the workers write, also that none is missing at the end. Use - to read from standard input.

  --key-env NAME      the environment variable with the key; can be given more than once.
                      Without it: AUDIT_KEY, and AUDIT_KEY_PREVIOUS if set
  --checkpoints FILE  the file with the checkpoints`,

  sound({ state, checkpoints }: Verdict, withCheckpoints: boolean): string {
    const lines = [`Sound: ${counted(state.entries, 'entry', 'entries')}, none edited, missing, added or moved.`];
    if (state.unsealed > 0) {
      lines.push(
        `${counted(state.unsealed, 'entry is', 'entries are')} from before the chain; the first sealed entry proves them.`,
      );
    }
    if (state.cut) {
      lines.push(
        `Entries ${state.cut.first} to ${state.cut.last} were removed by command, and the first one left follows the last of them.`,
      );
    }
    if (state.keyIds.length > 1)
      lines.push(`Sealed with ${number(state.keyIds.length)} keys, one after the other: ${state.keyIds.join(', ')}.`);
    lines.push(
      withCheckpoints
        ? `${counted(checkpoints, 'checkpoint agrees', 'checkpoints agree')}.`
        : 'Without checkpoints, missing entries at the end cannot be noticed.',
    );
    return lines.join('\n');
  },

  broken(broken: Break & { line: number }): string {
    const where =
      broken.sequence === null
        ? `line ${number(broken.line)}`
        : `entry ${broken.sequence} (line ${number(broken.line)})`;
    if (broken.kind === 'missing' && broken.line === 1) {
      return `Not checked: this export begins with entry ${broken.sequence}, not with entry ${broken.expected}. Only an export of all accounts without a filter can be checked.`;
    }
    return unchecked.includes(broken.kind)
      ? `Not checked, line ${number(broken.line)} of the checkpoints: ${reasons[broken.kind](broken)}`
      : `Broken at ${where}: ${reasons[broken.kind](broken)}`;
  },
};

/** Problems of the checkpoints, which say nothing about the export. */
const unchecked: Break['kind'][] = ['torn-checkpoint', 'checkpoint-key', 'no-checkpoints'];

const reasons: Record<Break['kind'], (broken: Break) => string> = {
  unreadable: () => 'this is not an audit entry.',
  edited: () => 'it was edited, or does not follow the entry before it.',
  missing: ({ expected }) => `entry ${expected} should come here. Only an export of everything can be checked.`,
  misplaced: () => 'it comes after a newer entry, or appears twice.',
  unsealed: () => 'it has no seal, though entries before it have one.',
  'unknown-key': ({ expected }) => `it is sealed with the key ${expected}, which was not given.`,
  'old-key': ({ expected }) => `it is sealed with the key ${expected}, which had already been replaced.`,
  unproven: () => 'no entry up to here is sealed, so nothing proves any of them.',
  checkpoint: ({ sequence }) =>
    sequence === null
      ? 'this checkpoint was not written by Carillon.'
      : 'it differs from the entry that a checkpoint recorded.',
  'torn-checkpoint': () =>
    'this line of the checkpoints is cut short. If a crash explains it, remove the line and check again.',
  'checkpoint-key': () => 'this line of the checkpoints is sealed with a key that was not given.',
  'no-checkpoints': () => 'the file of checkpoints is empty, so missing entries at the end cannot be noticed.',
  cut: ({ expected }) => `the export ends here, but a checkpoint recorded entry ${expected}.`,
};
