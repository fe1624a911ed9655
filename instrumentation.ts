/** Next runs this once, before it answers anything. Its variant for the edge, which is built too and never runs, has no files to read. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { readSettings } = await import('./lib/env.ts');
  const { speak } = await import('./lib/texts/languages.ts');
  await speak(readSettings().UI_LANGUAGE);
  await import('./lib/log/request-faults.ts'); // so that the first fault does not wait for it
}

/** Next calls this with what a page, a route or an action did not expect; the page shows the error's digest as its reference. */
export async function onRequestError(error: unknown, request: { method: string }, place: Place): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { logRequestFault } = await import('./lib/log/request-faults.ts');
  logRequestFault(error, { method: request.method, route: place.routePath, kind: place.routeType });
}

type Place = { routePath: string; routeType: string };
