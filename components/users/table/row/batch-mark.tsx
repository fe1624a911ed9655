'use client';

import * as texts from '@/lib/texts/selection.ts';
import type { BatchMark as Mark } from '@/lib/users/user.ts';
import { Icon } from '../../../ui/icon.tsx';
import { SoftLink } from '../../../ui/soft-link.tsx';
import { usePageStore } from '../../page-store-context.tsx';

/** A batch is still to change this person, or is just at it; the plan beside it is the one they have. */
export default function BatchMark({ id, state }: Mark) {
  const { accountId } = usePageStore();
  return (
    <SoftLink
      href={`/accounts/${accountId}/batches/${id}`}
      className="inline-flex min-h-8.5 items-center gap-1.5 text-small text-quiet in-data-[density=compact]:sm:pointer-fine:min-h-7 max-sm:min-h-6 pointer-coarse:min-h-11"
    >
      <Icon name="clock" size={14} />
      <span className="underline underline-offset-[3px]">{texts.batchMark[state]}</span>
      <span className="sr-only"> {texts.batchMark.inBatch}</span>
    </SoftLink>
  );
}
