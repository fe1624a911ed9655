import { Fragment } from 'react';
import { Breakable } from './breakable.ts';

/** A text whose e-mail addresses go to the next line as a whole where they fit there, and else break as `Breakable` says. */
export function Addresses({ text }: { text: string }) {
  if (!text.includes('@')) return text;
  let at = 0;
  return text.split(/(\s+)/).map((piece) => {
    at += piece.length + 1;
    if (!piece.includes('@')) return <Fragment key={at}>{piece}</Fragment>;
    return (
      <span key={at} className="inline-block max-w-full">
        <Breakable text={piece} />
      </span>
    );
  });
}
