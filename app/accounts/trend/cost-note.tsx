import { CostNote } from '@/components/costs/cost-note.tsx';
import type { Operator } from '@/lib/auth/store.ts';
import { showCost } from '@/lib/costs/show-cost.ts';
import { deps, reading } from '@/lib/deps.ts';
import { may } from '@/lib/operators/permissions.ts';
import type { Whose } from '@/lib/trend/view.ts';

/** What Pro can cost this month, for a page about counts: it comes after them. */
export async function CostNoteOf({ whose, operator }: { whose: Whose; operator: Operator }) {
  const { settings } = deps();
  const view = await reading(({ db }) => showCost(db, whose, null, settings.REPORT_ZONE));
  return <CostNote view={view} mayEnter={may(operator, 'prices:enter')} />;
}
