import type { Actor } from '@/app/guard/checks.ts';
import type { Submitter } from '@/lib/batches/batch.ts';

/** Who is at the door, as a batch keeps them. */
export const submitterFrom = ({ operator, requestId }: Actor): Submitter => ({
  operatorId: operator.id,
  operatorName: operator.name,
  operatorRole: operator.role,
  groups: operator.groups,
  requestId,
  token: null,
});
