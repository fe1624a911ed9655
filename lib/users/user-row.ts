import type { UserRow } from './user.ts';

/** What is read of a person for a row of the list. */
export const rowColumns = [
  'id',
  'email',
  'name',
  'license',
  'registration',
  'invitation',
  'user_type',
  'registered_on',
  'invited_on',
  'changed_at',
  'changed_by',
  'changed_by_id',
] as const;

export type Row = {
  id: string;
  email: string | null;
  name: string | null;
  license: string | null;
  registration: string | null;
  invitation: string | null;
  user_type: string | null;
  registered_on: Date | null;
  invited_on: Date | null;
  changed_at: Date | null;
  changed_by: string | null;
  changed_by_id: string | null;
};

export function userRowFrom(row: Row): UserRow {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    license: row.license,
    registration: row.registration,
    invitation: row.invitation,
    userType: row.user_type,
    registeredOn: row.registered_on?.toISOString() ?? null,
    invitedOn: row.invited_on?.toISOString() ?? null,
    lastChange: row.changed_at
      ? { at: row.changed_at.toISOString(), by: row.changed_by, byId: row.changed_by_id }
      : null,
    ending: null,
    batch: null,
    open: null,
    late: null,
  };
}
