import type { Tally } from '@/lib/licenses/table.ts';
import * as texts from '@/lib/texts/licenses.ts';
import { number } from '@/lib/texts/words.ts';
import { SoftLink } from '../ui/soft-link.tsx';

type TallyLinkProps = { accountId: string; tally: Tally; what: string; className?: string };

/** A number that leads to exactly the people it counts. */
export function TallyLink({ accountId, tally: { people, params }, what, className = '' }: TallyLinkProps) {
  if (params === null || people === 0) return <span className={`text-faint ${className}`}>{number(people)}</span>;
  return (
    <SoftLink
      href={`/accounts/${accountId}/users${params && `?${params}`}`}
      aria-label={texts.licensesPage.link(people, what)}
      className={`text-act min-h-6! font-normal! decoration-line-strong ${className}`}
    >
      {number(people)}
    </SoftLink>
  );
}
