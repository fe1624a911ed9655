import { bareName } from './cells.ts';

const otherWords = [
  ...['recovery', 'recover', 'manager', 'supervisor', 'secondary', 'alternate', 'alternative', 'backup', 'personal'],
  ...['private', 'delegate', 'deputy', 'assistant', 'approver', 'requester', 'requestor', 'sponsor', 'proxy'],
  ...['proxies', 'alias', 'aliases', 'forward', 'forwarding', 'forwards', 'previous', 'former', 'replyto', 'external'],
];
/** Shorter ones, which stand in the middle of other words too. */
const otherShort = ['other', 'old', 'home', 'by', 'cc', 'bcc', 'boss', 'lead', 'leader', 'second', 'third', 'owner'];

/** `Recovery Email`, `managerMail`, `Created by`, `E-mail 2 Address`. */
export function isOtherHeading(heading: string): boolean {
  const bare = bareName(heading);
  if (otherWords.some((word) => bare.includes(word))) return true;
  const words = heading
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u);
  return words.some((word) => otherShort.includes(word)) || /mail(?:address)?[2-9]/.test(bare);
}
