import { notFound } from 'next/navigation';
import { BrokenMovedAddress, Moved } from '@/components/trend/moved/moved.tsx';
import type { Operator } from '@/lib/auth/store.ts';
import { deps, reading } from '@/lib/deps.ts';
import { findWhose } from '@/lib/trend/find-whose.ts';
import { afterAsked, cellAsked, stepAsked } from '@/lib/trend/links.ts';
import { showMoved } from '@/lib/trend/moved/show-moved.ts';
import { isPlace } from '@/lib/trend/moved.ts';
import type { SearchParams } from './asked-params.ts';

const askedOf = { cell: cellAsked, step: stepAsked };

type MovedPageOf = {
  accountId: string | null;
  operator: Operator;
  searchParams: SearchParams;
  of: keyof typeof askedOf;
};

/** The people behind a number of a comparison, or behind a step of a chart. */
export async function MovedPageOf({ accountId, operator, searchParams, of }: MovedPageOf) {
  const { settings } = deps();
  const params = await searchParams;
  const whose = (await findWhose(deps(), accountId, operator.accounts)) ?? notFound();
  const asked = askedOf[of](params);
  const after = afterAsked(params);
  if (!asked || (after !== null && !isPlace(after))) return <BrokenMovedAddress />;
  const view = await reading(({ db }) => showMoved(db, whose, asked, after, settings.REPORT_ZONE));
  return <Moved view={view} isFirst={after === null} />;
}
