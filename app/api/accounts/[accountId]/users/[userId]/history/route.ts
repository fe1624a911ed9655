import { z } from 'zod';
import { answer, operatorRoute } from '@/app/guard/routes.ts';
import { showHistory } from '@/lib/changes/show-history.ts';
import { deps } from '@/lib/deps.ts';
import { chimeId } from '@/lib/id.ts';

export const GET = operatorRoute(
  'users:view',
  z.object({ accountId: chimeId, userId: chimeId }),
  async ({ accountId, userId }) => answer(await showHistory(deps().db, accountId, userId)),
);
