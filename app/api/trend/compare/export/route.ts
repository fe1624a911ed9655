import { z } from 'zod';
import { downloadComparison } from '@/app/accounts/trend/download-comparison.ts';
import { operatorRoute } from '@/app/guard/routes.ts';

/** Of all accounts, so of none: one that is named belongs to the other address. */
const shape = z.object({ accountId: z.never().optional() }).catchall(z.string());

export const GET = operatorRoute('users:view', shape, async ({ accountId: _, ...query }, caller) =>
  downloadComparison(caller, query, null),
);
