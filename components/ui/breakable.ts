import { createElement, Fragment, type ReactNode } from 'react';

/** Shorter ones stand on one line wherever there is room for a name. */
const longFrom = 24;

type BreakableProps = { text: string /** What the text is a part of, where it is not all of it. */; within?: string };

/** An e-mail address or the like: where it is too long for its line it breaks after an @ or a dot, not in the middle of a word. */
export function Breakable({ text, within = text }: BreakableProps): ReactNode {
  if (within.length < longFrom) return text;
  const [first, ...others] = text.split(/(?<=[@.])/);
  const pieces: ReactNode[] = [first];
  for (const part of others) pieces.push(createElement('wbr'), part);
  return createElement(Fragment, null, ...pieces);
}
