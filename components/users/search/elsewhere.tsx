'use client';

import { useQuery } from '@tanstack/react-query';
import * as texts from '@/lib/texts/people.ts';
import { SoftLink } from '../../ui/soft-link.tsx';
import { readElsewhere } from '../data/later-reads.ts';
import { usePageStore } from '../page-store-context.tsx';

/** The other accounts in which the same search finds people, each a link to them. */
export default function Elsewhere({ search, className = '' }: { search: string; className?: string }) {
  const { accountId } = usePageStore();
  const { data } = useQuery({
    queryKey: ['elsewhere', accountId, search],
    queryFn: ({ signal }) => readElsewhere(accountId, search, signal),
    staleTime: 60_000,
    retry: false,
  });
  if (!data || data.elsewhere.length === 0) return null;
  return (
    <p role="status" className={className}>
      {texts.elsewhere.title}{' '}
      {data.elsewhere.map(({ accountId: other, name, people, isMore }, place) => (
        <span key={other}>
          {place > 0 && ', '}
          <SoftLink href={`/accounts/${other}/users?${new URLSearchParams({ q: search })}`} className="text-act">
            {texts.elsewhere.inAccount(people, isMore, name)}
          </SoftLink>
        </span>
      ))}
    </p>
  );
}
