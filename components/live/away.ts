import { awayHeader } from '@/lib/away.ts';

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

/** What a read says beside its address: nothing, or that the page reads by itself and nobody may be there. */
export const awayHeaders = (): Record<string, string> => (Date.now() - lastSign > afterMs ? { [awayHeader]: '1' } : {});
