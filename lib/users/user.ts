import type { EndingView } from '../licenses/ending.ts';
/** A person in a Chime account, as Chime last told us. Enum values we do not know pass through as text. */
export type User = {
  accountId: string;
  id: string;
  email: string | null;
  name: string | null;
  license: string | null;
  userType: string | null;
  registration: string | null;
  invitation: string | null;
  registeredOn: Date | null;
  invitedOn: Date | null;
};

/** A row of the users table, as it travels to the browser. `changedAt` is ISO-8601. */
export type UserRow = {
  id: string;
  email: string | null;
  name: string | null;
  license: string | null;
  registration: string | null;
  invitation: string | null;
  userType: string | null;
  /** ISO-8601. */
  registeredOn: string | null;
  invitedOn: string | null;
  /** The last license change we know of, or null where we know of none; `by` is null for one made outside Carillon. */
  lastChange: { at: string; by: string | null; byId: string | null } | null;
  /** The plan is temporary, or did not end as planned; null where it is permanent. */
  ending: EndingView | null;
  /** The batch at work that has them on its list; in a list of one page only. */
  batch: BatchMark | null;
  /** A change by hand that is on its way, as it was when the row was read. */
  open: OpenMark | null;
  /** The last thing that happened to the plan: an earlier attempt arrived after a later change, and undid it. */
  late: LateArrival | null;
};

/** Who asked for the change, and for which plan; `unknown` where nobody can say yet what became of it. */
export type OpenMark = { to: string; by: string; byId: string; state: 'pending' | 'unknown' };

/** Whose attempt it was, the plan it set, and the plan it took the place of. */
export type LateArrival = { by: string; to: string; from: string | null };

/** Somebody that a batch is still to change; `saving` while Chime is being asked to. */
export type BatchMark = { id: string; state: 'queued' | 'saving' };

/** What people call the person: display name, else e-mail, else the ID. */
export function nameOf(user: Named): string {
  return user.name?.trim() || user.email?.trim() || user.id;
}

/**
 * What to call each of these people, by ID, so that no two are called the same: their name, with the e-mail where another of
 * them has that name, or with the ID where the e-mail does not tell them apart either.
 */
export function calledAmong(people: Named[]): Map<string, string> {
  const namesakes = Map.groupBy(people, (person) => nameOf(person).toLowerCase());
  return new Map(
    people.map((person) => {
      const name = nameOf(person);
      const others = (namesakes.get(name.toLowerCase()) ?? []).filter(({ id }) => id !== person.id);
      if (others.length === 0) return [person.id, name];
      const email = person.email?.trim().toLowerCase();
      const isToldApart =
        email && email !== name.toLowerCase() && others.every((one) => one.email?.trim().toLowerCase() !== email);
      return [person.id, `${name} (${isToldApart ? person.email?.trim() : person.id})`];
    }),
  );
}

type Named = { id: string; name: string | null; email: string | null };

/** What the Status column says; `released` and the like pass through as Chime spells them. */
export type Status = 'registered' | 'invited' | 'suspended' | 'unregistered' | (string & {});

export function statusOf(user: { registration: string | null; invitation: string | null }): Status {
  if (user.registration === 'Registered') return 'registered';
  if (user.registration === 'Suspended') return 'suspended';
  if (user.invitation === 'Pending') return 'invited';
  return user.registration === null || user.registration === 'Unregistered' ? 'unregistered' : user.registration;
}
