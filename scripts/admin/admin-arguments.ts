import { parseArgs } from 'node:util';

/** A command that is not understood, with what to write instead. */
export class Mistake extends Error {
  override name = 'Mistake';
}

const options = {
  all: { type: 'boolean' },
  why: { type: 'string' },
  before: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/**
 * Which of the known commands is meant, by how it is written (`operators disable NAME`, `accept-restore --why WHY`), and its argument, empty
 * where it has none. Undefined for help. Throws a `Mistake` of one line.
 */
export function readWish(
  args: string[],
  known: readonly string[],
): { name: string; argument: string; before: string | undefined } | undefined {
  const { values, positionals } = parse(args);
  if (values.help) return undefined;
  const why = values.why?.trim();
  const name = known.find((one) =>
    fits(one, positionals, { hasWhy: Boolean(why), hasBefore: values.before !== undefined, all: values.all === true }),
  );
  if (name !== undefined) return { name, argument: why || (positionals[2] ?? ''), before: values.before };
  const [noun = ''] = positionals;
  const near = known.filter((one) => one.split(' ')[0] === noun);
  throw new Mistake(
    near.length > 0
      ? `Write: npm run admin -- ${near.join(' | ')}`
      : `There is no command “${args.join(' ')}”: npm run admin -- --help`,
  );
}

function fits(
  name: string,
  positionals: string[],
  { hasWhy, hasBefore, all }: { hasWhy: boolean; hasBefore: boolean; all: boolean },
): boolean {
  const words = name.split(' ');
  if (words.includes('--why') !== hasWhy || words.includes('--all') !== all) return false;
  if (words.includes('--before') !== hasBefore) return false;
  const plain = words.filter((word) => !word.startsWith('--') && !['WHY', 'DATE'].includes(word));
  return (
    plain.length === positionals.length &&
    plain.every((word, place) => /^[A-Z]+$/.test(word) || word === positionals[place])
  );
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new Mistake(`${error instanceof Error ? error.message.split('. ')[0] : error}: npm run admin -- --help`);
  }
}
