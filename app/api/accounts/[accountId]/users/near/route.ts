import { z } from 'zod';
import { answer, operatorRoute } from '@/app/guard/routes.ts';
import { reading } from '@/lib/deps.ts';
import { chimeId } from '@/lib/id.ts';
import { filterFromParams } from '@/lib/search/filter.ts';
import { findNear } from '@/lib/search/suggestions-store.ts';

const shape = z.object({ accountId: chimeId }).catchall(z.string());

/** Who is called much like what was searched for in vain. */
export const GET = operatorRoute('users:view', shape, async ({ accountId, ...query }) => {
  const { search } = filterFromParams(new Map(Object.entries(query)));
  return answer({ near: await reading(({ db }) => findNear(db, accountId, search)) });
});
