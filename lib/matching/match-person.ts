import { emailKey } from './email-key.ts';
import { type Candidate, type PersonRef, type UnclearCause, uuidFrom } from './person-ref.ts';

/** A person of the mirror with what lines are compared by. */
export type Known = Candidate & { emailKey: string; foldedEmail: string };

export type Match =
  | { kind: 'found'; person: Candidate }
  | { kind: 'missing' }
  | { kind: 'unclear'; cause: Exclude<UnclearCause, 'two-wishes'>; candidates: Candidate[] };

/** How people are looked up: each answers everybody that the key stands for. */
export type Directory = {
  byId(id: string): Known[];
  byEmailKey(key: string): Known[];
  /** People with an address that looks alike. */
  byLikeness(email: string): Known[];
};

/** How a user ID may be spelled in the mirror: as written first. A UUID is the same in capitals and without dashes. */
export function idSpellings(userId: string): string[] {
  const uuid = uuidFrom(userId);
  const all = uuid ? [uuid, uuid.replaceAll('-', '')] : [userId];
  return [...new Set([userId, ...all, ...all.map((id) => id.toLowerCase()), ...all.map((id) => id.toUpperCase())])];
}

/** So many people are shown where it is not clear who is meant. */
const maxCandidates = 10;

/**
 * The person that a line means. Each of its keys that somebody has must stand for the same one person: the user ID, the e-mail address,
 * and the user principal name as an e-mail address. An ID that nobody has counts for nothing where an address is known.
 * Addresses that only look alike are never more than a suggestion.
 */
export function matchPerson(ref: PersonRef, directory: Directory): Match {
  const byId = ref.userId === null ? [] : knownById(ref.userId, directory);
  const byEmail = ref.email === null ? [] : directory.byEmailKey(emailKey(ref.email));
  const byUpn = ref.upn === null ? [] : directory.byEmailKey(emailKey(ref.upn));
  const hits = [byId, byEmail, byUpn].filter((people) => people.length > 0);
  const [first, ...others] = hits;
  if (!first) return suggestion(ref, directory);
  const all = distinct(hits.flat());
  const common = first.filter(({ id }) => others.every((people) => people.some((person) => person.id === id)));
  const [person] = common;
  if (!person || (byId.length > 0 && hasOtherEmail(ref, byEmail, person))) return unclear('contradiction', all);
  return common.length > 1 ? unclear('ambiguous', common) : { kind: 'found', person: candidate(person) };
}

function knownById(userId: string, directory: Directory): Known[] {
  for (const spelling of idSpellings(userId)) {
    const people = directory.byId(spelling);
    if (people.length > 0) return people;
  }
  return [];
}

/** Whether a line names somebody by ID with an address that is not theirs, also where it is nobody else's. */
const hasOtherEmail = ({ email }: PersonRef, byEmail: Known[], person: Known) =>
  email !== null && byEmail.length === 0 && person.email !== null;

function suggestion({ email, upn }: PersonRef, directory: Directory): Match {
  const alike = distinct([email, upn].flatMap((text) => (text === null ? [] : directory.byLikeness(text))));
  return alike.length > 0 ? unclear('suggestion', alike) : { kind: 'missing' };
}

const unclear = (cause: Exclude<UnclearCause, 'two-wishes'>, people: Known[]): Match => ({
  kind: 'unclear',
  cause,
  candidates: people.slice(0, maxCandidates).map(candidate),
});

const distinct = (people: Known[]): Known[] => [...new Map(people.map((person) => [person.id, person])).values()];

const candidate = ({ id, name, email, license }: Known): Candidate => ({ id, name, email, license });
