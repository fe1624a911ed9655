'use client';

import { useState } from 'react';
import { TextButton } from './button.tsx';

type CopyButtonProps = { text: string; label: string; doneLabel: string };

/** Puts a text on the clipboard and says so in its own place. */
export function CopyButton({ text, label, doneLabel }: CopyButtonProps) {
  const [isDone, setDone] = useState(false);

  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setDone(true);
      setTimeout(() => setDone(false), 3_000);
    } catch {
      window.prompt(label, text); // Without clipboard rights the text can still be taken by hand.
    }
  }

  return (
    <TextButton onClick={copy} aria-live="polite">
      {isDone ? doneLabel : label}
    </TextButton>
  );
}
