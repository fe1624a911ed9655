import { z } from 'zod';
import { downloadMoved } from '@/app/accounts/trend/download-moved.ts';
import { operatorRoute } from '@/app/guard/routes.ts';
import { stepAsked } from '@/lib/trend/links.ts';

/** Of all accounts, so of none: one that is named belongs to the other address. */
const shape = z.object({ accountId: z.never().optional() }).catchall(z.string());

export const GET = operatorRoute('users:view', shape, async ({ accountId: _, ...query }, caller) =>
  downloadMoved(caller, stepAsked(query), null),
);
