import { Fragment } from 'react';
import { Addresses } from './addresses.tsx';

/** A text in which `**` turns bold on and off. */
export function Marked({ text }: { text: string }) {
  let at = 0;
  return text.split('**').map((part, index) => {
    at += part.length + 2;
    const Part = index % 2 === 1 ? 'b' : Fragment;
    return (
      <Part key={at}>
        <Addresses text={part} />
      </Part>
    );
  });
}
