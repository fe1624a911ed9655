import type { Metadata } from 'next';
import { Tokens } from '@/components/tokens/tokens.tsx';
import { may } from '@/lib/auth/permissions.ts';
import { deps } from '@/lib/deps.ts';
import { texts } from '@/lib/texts/catalogue.ts';
import { listTokens } from '@/lib/tokens/store.ts';
import { pageOperator } from '../../guard.ts';
import { makeToken, revokeToken } from '../actions.ts';

export const metadata: Metadata = { title: texts.tokens.title };

export default async function TokensPage() {
  const operator = await pageOperator('/accounts/tokens');
  if (!may(operator, 'batches:run')) return <p className="text-quiet">{texts.tokens.notAllowed}</p>;
  return <Tokens initial={await listTokens(deps().db, operator.id)} makeToken={makeToken} revokeToken={revokeToken} />;
}
