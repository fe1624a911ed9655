import { z } from 'zod';
import { downloadCost } from '@/app/accounts/trend/download-cost.ts';
import { operatorRoute } from '@/app/guard/routes.ts';
import { chimeId } from '@/lib/id.ts';

export const GET = operatorRoute('users:view', z.object({ accountId: chimeId }), ({ accountId }, caller) =>
  downloadCost(caller, accountId),
);
