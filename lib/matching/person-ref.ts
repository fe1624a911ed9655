/** What one line says of a person, cleaned; at least one of them is there. */
export type PersonRef = { userId: string | null; email: string | null; upn: string | null };

/** No address is longer (RFC 5321), and no ID. */
const longestEntry = 320;

/** Whether a text without blanks has the form of an e-mail address. */
export const isAddress = (word: string): boolean =>
  word.length <= longestEntry && /^[^\s@"<>,;]+@[^\s@"<>,;]+$/.test(word);

/** A user ID as Chime writes it, where the text is a UUID with or without dashes; else undefined. */
export function uuidFrom(word: string): string | undefined {
  if (!/^(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i.test(word)) return undefined;
  const digits = word.replaceAll('-', '').toLowerCase();
  return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join(
    '-',
  );
}

/** One text for a person, for telling which of them is meant. */
export function textOfRef({ userId, email, upn }: PersonRef): string {
  const address = email ?? upn;
  if (address === null) return userId ?? '';
  return userId === null ? address : `${address} ${userId}`;
}

/** Somebody who may be meant. */
export type Candidate = { id: string; name: string; email: string | null; license: string | null };

/**
 * Why a line is not used although people are known who may be meant. ambiguous: several have the same address, letter case
 * aside. contradiction: what it says belongs to different people. suggestion: only an address that looks alike is known.
 * two-wishes: another line wants something else for the same person.
 */
export type UnclearCause = 'ambiguous' | 'contradiction' | 'suggestion' | 'two-wishes';

/** `lines`: the other lines about the same person, where they have numbers. */
export type Unclear = { cause: UnclearCause; candidates: Candidate[]; lines?: number[] };
