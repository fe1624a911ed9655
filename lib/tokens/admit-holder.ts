import { isInScope } from '../accounts/scope.ts';
import { recordRefusal } from '../audit/record-refusal.ts';
import type { AuthConfig } from '../auth/auth-config.ts';
import type { Database } from '../db/database.ts';
import { Refusal } from '../failures.ts';
import { may, type Permission } from '../operators/permissions.ts';
import { refuseWhileRestored } from '../restores/store.ts';
import { formerHolder, type Holder, holderWith } from './keep-tokens.ts';

/** What is asked for on the command line; `accountId`: undefined for what is in no account, null for all a holder may see. */
type Wish = { needs: Permission; accountId: string | undefined | null; requestId: string };

/**
 * The door for the command line: a good token, the right, an account in its holder's scope; then the use case. What is refused at
 * the door, and what the use case refuses, is in the audit. What is in no account only those may know who have all accounts.
 */
export async function asHolder<Output>(
  db: Database,
  authConfig: AuthConfig,
  token: string,
  wish: Wish,
  run: (holder: Holder) => Promise<Output>,
): Promise<Output> {
  const { needs, requestId } = wish;
  const accountId = wish.accountId ?? undefined;
  if (needs === 'batches:run') await refuseWhileRestored(db);
  const holder = await holderWith(db, authConfig, token);
  if (!holder) return refuseToken(db, token, wish);
  try {
    const { operator } = holder;
    if (!may(operator, needs)) throw new Refusal('not-allowed', `The role ${operator.role} does not allow it.`);
    if (wish.accountId !== null && !isInScope(operator.accounts, accountId ?? '')) {
      throw new Refusal('not-allowed', 'The owner of this token has no permission for this.');
    }
    return await run(holder);
  } catch (error) {
    if (error instanceof Refusal) await recordRefusal(db, { attempt: needs, accountId, requestId, ...holder }, error);
    throw error;
  }
}

async function refuseToken(db: Database, token: string, { accountId, requestId }: Wish): Promise<never> {
  const former = await formerHolder(db, token);
  const refused = { attempt: 'use-token', accountId: accountId ?? undefined, requestId } as const;
  await recordRefusal(
    db,
    { ...refused, operator: former?.operator ?? null, token: former?.token },
    new Refusal('signed-out', former ? reasons[former.why] : 'There is no such token.'),
  );
  throw new Refusal('signed-out', 'This token is invalid, revoked or expired.');
}

const reasons = {
  revoked: 'The token has been revoked.',
  expired: 'The token has expired.',
  disabled: 'The owner of the token has been disabled.',
  'no access': 'The owner of the token no longer has access.',
};
