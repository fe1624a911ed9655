import { z } from 'zod';
import { answer, operatorRoute } from '@/app/guard/routes.ts';
import { showLicenses } from '@/lib/counts/show-licenses.ts';
import { reading } from '@/lib/deps.ts';
import { chimeId } from '@/lib/id.ts';

/** An account's licenses, counted. */
export const GET = operatorRoute('users:view', z.object({ accountId: chimeId }), async ({ accountId }) =>
  answer(await reading((deps) => showLicenses(deps, accountId))),
);
