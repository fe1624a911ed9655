import { number } from '../formats.ts';
import { counted } from './grammar.ts';

/** How old the list is, and how far a newer one has come. */
export const fresh = {
  everyone: (count: number) => counted(count, 'person', 'people'),
  asOf: (at: string) => `as of ${at}`,
  stale: (at: string, ago: string) => `As of ${at} (${ago})`,
  refresh: 'Refresh',
  reading: (read: number, about: number | null) =>
    about === null
      ? `Updating from Chime: ${number(read)} so far`
      : `Updating from Chime: ${number(read)} of about ${number(about)}`,
  partial: (count: number, about: number | null) =>
    `Showing ${about === null ? `${number(count)} people so far` : `${number(count)} of about ${number(about)} people`}. Search finds only these for now.`,
  leftOut: (count: number) =>
    count === 1
      ? '1 person is not shown: Amazon Chime gave them an ID that Carillon cannot use. Ask your admin.'
      : `${number(count)} people are not shown: Amazon Chime gave them IDs that Carillon cannot use. Ask your admin.`,
  failed: 'The last update did not finish.',
  noWorker: 'Nobody is working on this: the worker is not running. Ask IT to start it.',
  refreshFailed: 'The update could not start. Try again.',
  resting: (clock: string) => `Just updated. You can refresh again at ${clock}.`,
};

/** Why everything takes longer, on each page that waits for Chime. */
export const slowed = (perSecond: number) =>
  `Carillon is going slowly because Amazon Chime asked us to: about ${counted(perSecond, 'request', 'requests')} a second.`;
