import { createCell } from '../../ui/cell.ts';
import { type Announcement, together } from './announcement.ts';

export type Said = { polite: string; urgent: string };

/** Long enough for the answers of one call to be said together, short enough to be heard at once. */
const collectFor = 60;

export type Announcer = ReturnType<typeof createAnnouncer>;

/** What the two live regions of the page say. */
export function createAnnouncer() {
  const said = createCell<Said>({ polite: '', urgent: '' });
  let waiting: Announcement[] = [];

  function speak() {
    const part = (urgent: boolean) => together(waiting.filter((one) => one.urgent === urgent));
    const { polite, urgent } = said.get();
    said.set({ polite: again(polite, part(false)), urgent: again(urgent, part(true)) });
    waiting = [];
  }

  return {
    said,
    say(announcement: Announcement) {
      if (waiting.push(announcement) === 1) setTimeout(speak, collectFor);
    },
    sayText(text: string) {
      this.say({ kind: 'told', urgent: false, text });
    },
  };
}

/** The same words twice are heard twice only if the text differs. */
const again = (before: string, text: string) => (text !== '' && text === before ? `${text}\u00a0` : text || before);
