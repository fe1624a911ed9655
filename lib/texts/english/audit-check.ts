import type { Break } from '../../audit/chain.ts';
import type { Verdict } from '../../audit/verify-export.ts';

const count = (number: number, one: string, many: string) =>
  `${number.toLocaleString('en')} ${number === 1 ? one : many}`;

/** What `npm run audit:verify` says. */
export const auditCheck = {
  usage: `npm run audit:verify -- FILE [--key-env NAME]... [--checkpoints FILE]

Checks an audit export (JSON lines, all accounts, no filter) by itself: that no entry was edited, removed, added or moved.
With the checkpoints that the workers write, also that none is missing at the end. - reads the export from standard input.

  --key-env NAME      the environment variable that holds the key; may be given more than once.
                      Without it: AUDIT_KEY, and AUDIT_KEY_PREVIOUS where it is set
  --checkpoints FILE  the checkpoints`,

  sound({ so, checkpoints }: Verdict, withCheckpoints: boolean): string {
    const lines = [`Sound: ${count(so.entries, 'entry', 'entries')}, none edited, missing, added or moved.`];
    if (so.unsealed > 0) {
      lines.push(
        `${count(so.unsealed, 'entry is', 'entries are')} from before the chain; the first sealed entry proves them.`,
      );
    }
    if (so.keyIds.length > 1)
      lines.push(`Sealed with ${so.keyIds.length} keys, one after the other: ${so.keyIds.join(', ')}.`);
    lines.push(
      withCheckpoints
        ? `${count(checkpoints, 'checkpoint agrees', 'checkpoints agree')}.`
        : 'Without checkpoints nobody can tell whether entries are missing at the end.',
    );
    return lines.join('\n');
  },

  broken(broken: Break & { line: number }): string {
    const where = broken.sequence === null ? `line ${broken.line}` : `entry ${broken.sequence} (line ${broken.line})`;
    return unchecked.includes(broken.kind)
      ? `Not checked, line ${broken.line} of the checkpoints: ${reasons[broken.kind](broken)}`
      : `Broken at ${where}: ${reasons[broken.kind](broken)}`;
  },
};

/** Where the checkpoints do not tell, nothing is said of the export. */
const unchecked: Break['kind'][] = ['torn-checkpoint', 'checkpoint-key', 'no-checkpoints'];

const reasons: Record<Break['kind'], (broken: Break) => string> = {
  unreadable: () => 'this is no entry as Carillon writes it.',
  edited: () => 'it is not what was written, or does not follow the entry before it.',
  missing: ({ expected }) => `entry ${expected} should come here. Only an export of everything can be checked.`,
  misplaced: () => 'it comes after an entry that is younger, or comes twice.',
  unsealed: () => 'it has no seal, though entries before it have one.',
  'unknown-key': ({ expected }) => `it is sealed with the key ${expected}, which was not given.`,
  'old-key': ({ expected }) => `it is sealed with the key ${expected}, which had been replaced before.`,
  unproven: () => 'no entry up to here is sealed, so nothing proves any of them.',
  checkpoint: ({ sequence }) =>
    sequence === null ? 'this checkpoint was not written by Carillon.' : 'a checkpoint says that it was another one.',
  'torn-checkpoint': () =>
    'this line of the checkpoints is cut short, so it does not say how far the audit had come. Where a crash explains it, remove the line and check again.',
  'checkpoint-key': () => 'this line of the checkpoints is sealed with a key that was not given.',
  'no-checkpoints': () =>
    'the file of checkpoints is empty, so nobody can tell whether entries are missing at the end.',
  cut: ({ expected }) => `the export ends here, but a checkpoint has seen entry ${expected}.`,
};
