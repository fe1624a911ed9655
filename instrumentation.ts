import { readSettings } from './lib/env.ts';
import { speak } from './lib/texts/languages.ts';

/** Next runs this once, before it answers anything. */
export async function register(): Promise<void> {
  await speak(readSettings().UI_LANGUAGE);
}
