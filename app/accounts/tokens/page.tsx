import type { Metadata } from 'next';
import { Tokens } from '@/components/tokens/tokens.tsx';
import { PageHeading } from '@/components/ui/heading.tsx';
import { SoftLink } from '@/components/ui/soft-link.tsx';
import { listAccounts } from '@/lib/accounts/store.ts';
import { deps } from '@/lib/deps.ts';
import { may } from '@/lib/operators/permissions.ts';
import { tokens } from '@/lib/texts/access/tokens.ts';
import { listTokens } from '@/lib/tokens/store.ts';
import { pageOperator } from '../../guard/pages.ts';
import { makeToken, revokeToken } from '../actions.ts';

export const generateMetadata = (): Metadata => ({ title: tokens.title });

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Tokens are of no account: `account` in the address is only the way back. */
export default async function TokensPage({ searchParams }: Props) {
  const operator = await pageOperator('/accounts/tokens');
  const { db } = deps();
  const [{ account: left }, accounts] = await Promise.all([searchParams, listAccounts(db, operator.accounts)]);
  const account = accounts.find(({ id }) => id === left) ?? accounts[0];
  return (
    <>
      {account && (
        <SoftLink href={`/accounts/${account.id}/users`} className="text-act text-small">
          {tokens.back(account.name)}
        </SoftLink>
      )}
      <PageHeading className="mt-1">{tokens.title}</PageHeading>
      {may(operator, 'tokens:make') ? (
        <Tokens initial={await listTokens(db, operator.id)} makeToken={makeToken} revokeToken={revokeToken} />
      ) : (
        <p className="mt-1 text-quiet">{tokens.notAllowed}</p>
      )}
    </>
  );
}
