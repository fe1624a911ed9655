import { counted } from '../texts/english/grammar.ts';
import { auditCheck } from '../texts/terminal/audit-check.ts';
import type { CopyCheck, Place } from './check-copy.ts';

/** What a check of a copy comes to, for the person at the terminal. */
export type CopyVerdict = { isGood: boolean; lines: string[] };

const number = new Intl.NumberFormat('en-GB');

/**
 * Whether a copy can be relied on, and how much would be lost with it. `live`: the end of the log that still runs, where one does;
 * otherwise the checkpoints tell how far it had come.
 */
export function judgeCopy(check: CopyCheck, live: Place | undefined, hasCheckpoints: boolean): CopyVerdict {
  const { broken, last, hasWhatItPromised, people } = check;
  if (broken) return { isGood: false, lines: [auditCheck.broken(broken)] };
  if (!hasWhatItPromised) {
    return { isGood: false, lines: ['The copy lacks entries of the audit that were there when the backup was taken.'] };
  }
  if (people !== check.counted) {
    const numbers = `${number.format(people)} people are in it, and its counts say ${number.format(check.counted)}`;
    return { isGood: false, lines: [`The copy does not agree with itself: ${numbers}.`] };
  }
  const end = furthest(live, check.beyond);
  return {
    isGood: true,
    lines: [
      `Good up to ${last ? `entry ${number.format(Number(last.sequence))}, ${moment(last.at)}` : 'the beginning: the audit is empty'}; ${lossOf(last, end, live !== undefined || hasCheckpoints)}.`,
      `Every seal fits${hasCheckpoints ? `, ${counted(check.checkpoints, 'checkpoint agrees', 'checkpoints agree')}` : ''}; ${number.format(people)} people, as many as its counts say.`,
    ],
  };
}

function lossOf(last: Place | undefined, end: Place | undefined, isKnown: boolean): string {
  if (!isKnown) return 'how much would be lost is not known, because there are no checkpoints';
  if (!end || BigInt(end.sequence) <= BigInt(last?.sequence ?? 0)) return 'nothing would be lost';
  const entries = Number(BigInt(end.sequence) - BigInt(last?.sequence ?? 0));
  const lost = counted(entries, 'entry', 'entries');
  return last
    ? `${duration(Date.parse(end.at) - Date.parse(last.at))} of writes would be lost (${lost})`
    : `all of it would be lost (${lost})`;
}

const furthest = (one: Place | undefined, other: Place | undefined) =>
  one && other ? (BigInt(one.sequence) < BigInt(other.sequence) ? other : one) : (one ?? other);

/** A moment as the log of a machine has it, in UTC. */
const moment = (at: string) => `${at.slice(0, 10)} ${at.slice(11, 19)} UTC`;

function duration(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1_000));
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} minutes`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} hours` : `${Math.round(hours / 24)} days`;
}
