import { z } from 'zod';
import { answer, operatorRoute } from '@/app/guard/routes.ts';
import { reading } from '@/lib/deps.ts';
import { chimeId } from '@/lib/id.ts';
import { filterFromParams } from '@/lib/search/filter.ts';
import { cursorAt } from '@/lib/search/show-users.ts';

const shape = z
  .object({ accountId: chimeId, start: z.coerce.number().int().min(1).max(10_000_000) })
  .catchall(z.string());

export const GET = operatorRoute('users:view', shape, async ({ accountId, start, ...query }) => {
  const filter = filterFromParams(new Map(Object.entries(query)));
  return answer({ cursor: await reading(({ db }) => cursorAt(db, accountId, filter, start)) });
});
