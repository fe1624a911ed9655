import { Breakable } from '../../../ui/breakable.ts';
import type { Marks } from './matched.tsx';

type SearchedTextProps = { text: string | null; marks: Marks | null; search: string };

/** A text of a row, in which the search is marked once what marks it has come. */
export function SearchedText({ text, marks, search }: SearchedTextProps) {
  if (!text) return null;
  return marks ? <marks.Matched text={text} search={search} /> : <Breakable text={text} />;
}
