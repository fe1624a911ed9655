import { z } from 'zod';
import { answer, operatorRoute } from '@/app/guard/routes.ts';
import { showCounts } from '@/lib/counts/show-counts.ts';
import { reading } from '@/lib/deps.ts';
import { chimeId } from '@/lib/id.ts';
import { filterFromParams } from '@/lib/search/filter.ts';

const shape = z.object({ accountId: chimeId }).catchall(z.string());

export const GET = operatorRoute('users:view', shape, async ({ accountId, ...query }) => {
  const filter = filterFromParams(new Map(Object.entries(query)));
  return answer(await reading(({ db }) => showCounts(db, accountId, filter)));
});
