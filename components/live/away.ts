import { awayCookie, awayHeader } from '@/lib/away.ts';

/** An operator who has not touched the page for so long may be gone. */
const afterMs = 60_000;

const signs = ['pointermove', 'pointerdown', 'keydown', 'wheel', 'focus'] as const;

let lastSign = Date.now();

function note() {
  lastSign = Date.now();
}

if (typeof window !== 'undefined') {
  for (const sign of signs) window.addEventListener(sign, note, { passive: true, capture: true });
  document.addEventListener('visibilitychange', note);
}

const isAway = () => Date.now() - lastSign > afterMs;

/** What a read says beside its address: nothing, or that the page reads by itself and nobody may be there. */
export const awayHeaders = (): Record<string, string> => (isAway() ? { [awayHeader]: '1' } : {});

/** Says the same for the drawing of the page that is asked for next, and for no longer than that takes. */
export function sayIfAway(): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not there in every browser
  if (isAway()) document.cookie = `${awayCookie}=1; path=/; max-age=5; samesite=strict`;
}
