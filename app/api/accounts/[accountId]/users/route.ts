import { z } from 'zod';
import { answer, operatorRoute } from '@/app/guard/routes.ts';
import { reading } from '@/lib/deps.ts';
import { chimeId } from '@/lib/id.ts';
import { filterFromParams, pageSizeFrom } from '@/lib/search/filter.ts';
import { showUsers } from '@/lib/search/show-users.ts';

const shape = z.object({ accountId: chimeId }).catchall(z.string());

export const GET = operatorRoute('users:view', shape, async ({ accountId, size, ...query }) => {
  const filter = filterFromParams(new Map(Object.entries(query)));
  return answer(await reading((deps) => showUsers(deps, accountId, filter, pageSizeFrom(size))));
});
