import { costPath, pricesPath } from '@/lib/costs/address.ts';
import type { CostView } from '@/lib/costs/view.ts';
import { costPage, costSentence } from '@/lib/texts/costs.ts';
import { SoftLink } from '../ui/soft-link.tsx';

type CostNoteProps = { view: CostView; mayEnter: boolean };

/** What Pro can cost this month, and the way to all months; without a price nothing, but for those who may enter one. */
export function CostNote({ view: { account, month, zone, answer }, mayEnter }: CostNoteProps) {
  const accountId = account?.id ?? null;
  if ('problem' in answer || answer.range === null) {
    if (!mayEnter) return null;
    return (
      <p className="mt-4 print:hidden">
        <SoftLink href={pricesPath(accountId)} className="text-act">
          {costPage.enterPrice}
        </SoftLink>
      </p>
    );
  }
  return (
    <section aria-label={costPage.heading} className="mt-4">
      <p className="max-w-[90ch]">
        <span className="text-quiet">{costPage.inMonth(month)}</span> {costSentence(answer, zone)}
      </p>
      <p className="print:hidden">
        <SoftLink href={costPath(accountId)} className="text-act">
          {costPage.link}
        </SoftLink>
      </p>
    </section>
  );
}
