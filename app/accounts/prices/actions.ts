'use server';

import { z } from 'zod';
import { operatorAction } from '@/app/guard/actions.ts';
import { longestSource } from '@/lib/costs/input.ts';
import { enterPrice as enter, withdrawPrice as withdraw } from '@/lib/costs/keep-prices.ts';
import { deps } from '@/lib/deps.ts';
import { plainText } from '@/lib/plain-text.ts';

const text = z.string().max(longestSource).transform(plainText);
const priceShape = z.strictObject({ perDay: text, capPerMonth: text, currency: text, validFrom: text, source: text });

/** Adds a price; answers with all of them. */
export const enterPrice = operatorAction('enter-price', 'prices:enter', priceShape, (input, actor) =>
  enter(deps().db, input, actor),
);

/** Withdraws a price; answers with all of them. */
export const withdrawPrice = operatorAction(
  'withdraw-price',
  'prices:enter',
  z.object({ id: z.uuid() }),
  ({ id }, actor) => withdraw(deps().db, id, actor),
);
