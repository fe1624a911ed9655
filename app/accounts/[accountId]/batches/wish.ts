import { z } from 'zod';
import { longestReason } from '@/lib/batches/file.ts';
import { plainText } from '@/lib/plain-text.ts';

/** Why many people are changed: required. */
export const reasonShape = z
  .string()
  .max(10_000)
  .transform(plainText)
  .pipe(z.string().trim().min(1).max(longestReason));

/** Until when, as clocks in the operator's zone show it; which of both can be meant is decided by the use case. */
export const untilShape = z.object({ wall: z.string().max(20), zone: z.string().max(64) });
