/** Next runs this once, before it answers anything. Its variant for the edge, which is built too and never runs, has no files to read. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { readSettings } = await import('./lib/env.ts');
  const { speak } = await import('./lib/texts/languages.ts');
  await speak(readSettings().UI_LANGUAGE);
}
