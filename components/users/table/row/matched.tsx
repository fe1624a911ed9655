import { piecesOf } from '@/lib/search/matches.ts';
import { Breakable } from '../../../ui/breakable.ts';

/** What the table needs to mark in its rows what a search has found. */
export type Marks = { Matched: typeof Matched };

/** A text with what the search found in it marked. */
export function Matched({ text, search }: { text: string; search: string }) {
  let at = 0;
  return piecesOf(text, search).map((piece) => {
    at += piece.text.length;
    return piece.isMatch ? (
      <mark key={at} className="match">
        <Breakable text={piece.text} within={text} />
      </mark>
    ) : (
      <Breakable key={at} text={piece.text} within={text} />
    );
  });
}
