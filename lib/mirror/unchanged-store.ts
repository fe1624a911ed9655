import { sql } from 'kysely';
import type { Executor } from '../db/database.ts';
import { prepared } from '../db/prepared.ts';
import { derivedFrom } from '../users/derived.ts';
import type { User } from '../users/user.ts';

/**
 * Notes when a person was read where Chime says of them just what the mirror holds; answers whether it does. One statement, which
 * does not wait for the disk: what is lost of it in a crash is read again.
 */
export async function noteUnchanged(db: Executor, accountId: string, user: User, readAt: Date): Promise<boolean> {
  const derived = derivedFrom(user);
  const { rows } = await sql`${prepared}
    update users set read_at = greatest(read_at, ${readAt})
    where account_id = ${accountId} and id = ${user.id}
      and (email, name, license, user_type, registration, invitation, registered_on, invited_on, search, sort_name,
           sort_email, email_key, sort_license, sort_status)
        is not distinct from (${user.email}::text, ${user.name}::text, ${user.license}::text, ${user.userType}::text,
          ${user.registration}::text, ${user.invitation}::text, ${user.registeredOn}::timestamptz,
          ${user.invitedOn}::timestamptz, ${derived.search}::text, ${derived.sort_name}::text,
          ${derived.sort_email}::text, ${derived.email_key}::text, ${derived.sort_license}::text,
          ${derived.sort_status}::text)
    returning set_config('synchronous_commit', 'off', true)`.execute(db);
  return rows.length > 0;
}
