import { number } from '../formats.ts';

const plurals = new Intl.PluralRules('en-GB');

export const isOne = (count: number) => plurals.select(count) === 'one';

/** "1 person", "4,997 people". */
export const counted = (count: number, one: string, many: string) => `${number(count)} ${isOne(count) ? one : many}`;

/** Half a sentence at the beginning of one. */
export const upperFirst = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** A sentence, or a title, within another sentence. */
export const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
