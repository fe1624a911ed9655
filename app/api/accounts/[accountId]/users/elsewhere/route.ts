import { z } from 'zod';
import { answer, operatorRoute } from '@/app/guard/routes.ts';
import { reading } from '@/lib/deps.ts';
import { chimeId } from '@/lib/id.ts';
import { filterFromParams } from '@/lib/search/filter.ts';
import { findElsewhere } from '@/lib/search/find-elsewhere-store.ts';

const shape = z.object({ accountId: chimeId }).catchall(z.string());

/** In which of the operator's other accounts people are found by a search. */
export const GET = operatorRoute('users:view', shape, async ({ accountId, ...query }, { operator }) => {
  const { search } = filterFromParams(new Map(Object.entries(query)));
  return answer({ elsewhere: await reading(({ db }) => findElsewhere(db, operator.accounts, accountId, search)) });
});
