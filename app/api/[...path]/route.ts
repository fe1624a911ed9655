import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { answer, operatorRoute } from '@/app/guard/routes.ts';
import { Refusal } from '@/lib/failures.ts';
import { failureFrom } from '@/lib/result.ts';

/** Data that is not there is said as data: a page would load styles and scripts that the policy of data forbids. */
export const GET = operatorRoute('users:view', z.object({}), async () =>
  answer({ failure: failureFrom(new Refusal('not-found', 'Nothing is at this address.'), randomUUID()) }, 404),
);
