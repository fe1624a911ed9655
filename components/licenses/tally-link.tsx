import type { Tally } from '@/lib/counts/table.ts';
import { number } from '@/lib/texts/formats.ts';
import * as texts from '@/lib/texts/licenses.ts';
import { SoftLink } from '../ui/soft-link.tsx';

type TallyLinkProps = { accountId: string; tally: Tally; what: string; className?: string };

/** As high as a link, so that numbers of both kinds stand on one line. */
const box = 'inline-flex min-h-6 items-center pointer-coarse:min-h-11';

/** A number that leads to exactly the people it counts. */
export function TallyLink({ accountId, tally: { people, params }, what, className = '' }: TallyLinkProps) {
  if (params === null || people === 0)
    return <span className={`${box} text-faint ${className}`}>{number(people)}</span>;
  return (
    <SoftLink
      href={`/accounts/${accountId}/users${params && `?${params}`}`}
      aria-label={texts.licensesPage.link(people, what)}
      className={`text-act font-normal! decoration-line-strong ${className}`}
    >
      {number(people)}
    </SoftLink>
  );
}
