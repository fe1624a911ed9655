import { domainToASCII } from 'node:url';
import { trimmed, visible } from './clean-person.ts';

/**
 * What an e-mail address is compared by: two addresses have the same key exactly if they are one, letter case aside.
 * Accents and letters that only look alike stay apart. A domain counts as its ASCII form (IDNA, as in URLs), so that
 * `münchen.example` and `xn--mnchen-3ya.example` are one. Empty for an empty text.
 */
export function emailKey(email: string): string {
  const text = beginning(trimmed(visible(email)));
  const at = text.lastIndexOf('@');
  return beginning(at < 0 ? folded(text) : `${folded(text.slice(0, at))}@${domainKey(text.slice(at + 1))}`);
}

/**
 * The key as the mirror keeps it beside an address: null where it is the address with A to Z in small letters, which
 * PostgreSQL makes of it by itself (`keyInMirror` in search).
 */
export function keptEmailKey(email: string): string | null {
  const key = emailKey(email);
  return key === beginning(email.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())) ? null : key;
}

/** PostgreSQL refuses index entries of more than 2,704 bytes; no address is as long as this. */
const beginning = (text: string): string => (text.length <= 400 ? text : [...text].slice(0, 400).join(''));

/** Letters in one case. A Greek sigma has another form at the end of a word in small letters only. */
const folded = (text: string): string => text.normalize('NFC').toLowerCase().replaceAll('ς', 'σ').normalize('NFC');

function domainKey(domain: string): string {
  const isForeign = !/^[\x21-\x7e]*$/.test(domain) || /(?:^|\.)xn--/i.test(domain);
  const isPlain = !/[%/\\?#:[\]<>^|\s]/.test(domain); // what a URL would take for something else than a name
  return (isForeign && isPlain && domainToASCII(domain)) || folded(domain);
}
