/** Marks that turn the order in which everything after them is read: in a name, they would turn the sentence around it. */
const turning = /[\u202a-\u202e\u2066-\u2069]/gu;

/** Marks that stand on one letter, beyond what any script stacks there: hundreds of them would paint over the lines around. */
const stacked = /(\p{M}{6})\p{M}+/gu;

/** Text from elsewhere as it may be kept and shown among our own: PostgreSQL takes no NUL, and JSON no half of a surrogate pair. */
export const plainText = (text: string): string =>
  text.toWellFormed().replaceAll('\0', '').replace(turning, '').replace(stacked, '$1');

/**
 * Text with runs of combining marks that are short enough to be normalised: `normalize` sorts the marks of a run, in time
 * that grows with the square of its length. After every 30 a joiner stands between them, which is a mark too (U+034F; the
 * Stream-Safe Text Format of Unicode Standard Annex #15). The two letters outside `\p{M}` decompose into marks.
 */
export const streamSafe = (text: string): string => text.replace(/[\p{M}\uff9e\uff9f]+/gu, joined);

const longestRun = 30;

function joined(run: string): string {
  if (run.length <= longestRun) return run;
  const marks = [...run];
  const count = Math.ceil(marks.length / longestRun);
  const parts = Array.from({ length: count }, (_, part) => marks.slice(part * longestRun, (part + 1) * longestRun));
  return parts.map((part) => part.join('')).join('\u034f');
}
