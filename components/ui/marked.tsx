import { Fragment } from 'react';

/** A text in which `**` turns bold on and off. */
export function Marked({ text }: { text: string }) {
  let at = 0;
  return text.split('**').map((part, index) => {
    at += part.length + 2;
    return index % 2 === 1 ? <b key={at}>{part}</b> : <Fragment key={at}>{part}</Fragment>;
  });
}
