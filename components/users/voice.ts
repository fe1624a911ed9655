import { type Announcement, together } from './announcement.ts';

export type Said = { polite: string; urgent: string };

/** Long enough for the answers of one call to be said together, short enough to be heard at once. */
const collectFor = 60;

/** What the two live regions of the page say. */
export function createVoice() {
  let said: Said = { polite: '', urgent: '' };
  let waiting: Announcement[] = [];
  const listeners = new Set<() => void>();

  function speak() {
    const part = (urgent: boolean) => together(waiting.filter((one) => one.urgent === urgent));
    said = { polite: again(said.polite, part(false)), urgent: again(said.urgent, part(true)) };
    waiting = [];
    for (const listener of listeners) listener();
  }

  return {
    said: () => said,
    say(announcement: Announcement) {
      if (waiting.push(announcement) === 1) setTimeout(speak, collectFor);
    },
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

/** The same words twice are heard twice only if the text differs. */
const again = (before: string, text: string) => (text !== '' && text === before ? `${text}\u00a0` : text || before);
