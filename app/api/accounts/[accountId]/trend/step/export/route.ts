import { z } from 'zod';
import { downloadMoved } from '@/app/accounts/trend/download-moved.ts';
import { operatorRoute } from '@/app/guard/routes.ts';
import { chimeId } from '@/lib/id.ts';
import { stepAsked } from '@/lib/trend/links.ts';

const shape = z.object({ accountId: chimeId }).catchall(z.string());

export const GET = operatorRoute('users:view', shape, async ({ accountId, ...query }, caller) =>
  downloadMoved(caller, stepAsked(query), accountId),
);
