import { z } from 'zod';
import { downloadComparison } from '@/app/accounts/trend/download-comparison.ts';
import { operatorRoute } from '@/app/guard/routes.ts';
import { chimeId } from '@/lib/id.ts';

const shape = z.object({ accountId: chimeId }).catchall(z.string());

export const GET = operatorRoute('users:view', shape, async ({ accountId, ...query }, caller) =>
  downloadComparison(caller, query, accountId),
);
