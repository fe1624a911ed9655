import type { Metadata } from 'next';
import { isInScope } from '@/lib/accounts/scope.ts';
import { findAccount } from '@/lib/accounts/store.ts';
import { deps } from '@/lib/deps.ts';
import { chimeId } from '@/lib/id.ts';
import { pages } from '@/lib/texts/pages.ts';
import { currentOperator } from './guard/session.ts';

/** The title of a page about an account: what is on it, and the account's name where the operator may see the account. */
export async function accountTitle(accountId: string, page: string): Promise<Metadata> {
  const operator = await currentOperator();
  if (!operator) return { title: page };
  const isKnown = chimeId.safeParse(accountId).success && isInScope(operator.accounts, accountId);
  const account = isKnown ? await findAccount(deps(), accountId) : undefined;
  return { title: account ? `${page} · ${account.name}` : pages.missingTitle };
}
