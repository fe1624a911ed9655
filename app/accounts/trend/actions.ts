'use server';

import { refresh } from 'next/cache';
import { z } from 'zod';
import { operatorAction } from '@/app/guard/actions.ts';

/** Draws the page that asks again, in its answer. */
export const drawAgain = operatorAction('users:view', 'users:view', z.strictObject({}), async () => {
  refresh();
  return null;
});
