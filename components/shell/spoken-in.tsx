'use client';

import { type ReactNode, use } from 'react';
import type { LanguageTag } from '@/lib/locale.ts';
import { speak } from '@/lib/texts/languages.ts';

const fetched = new Map<LanguageTag, Promise<void>>();

/** Draws what is in it once the words of the language are there. English needs none of this: its words come with each page. */
export function SpokenIn({ language, children }: { language: LanguageTag; children: ReactNode }) {
  const words = fetched.get(language) ?? speak(language);
  fetched.set(language, words);
  use(words);
  return children;
}
