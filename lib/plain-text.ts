/** Marks that turn the order in which everything after them is read: in a name, they would turn the sentence around it. */
const turning = /[\u202a-\u202e\u2066-\u2069]/gu;

/** Marks that stand on one letter, beyond what any script stacks there: hundreds of them would paint over the lines around. */
const stacked = /(\p{M}{6})\p{M}+/gu;

/** Text from elsewhere as it may be kept and shown among our own: PostgreSQL takes no NUL, and JSON no half of a surrogate pair. */
export const plainText = (text: string): string =>
  text.toWellFormed().replaceAll('\0', '').replace(turning, '').replace(stacked, '$1');
