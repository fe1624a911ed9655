import { z } from 'zod';
import { longestReason } from '@/lib/lists/file.ts';
import { plainText } from '@/lib/plain-text.ts';

/** Why many people are changed: required, and a text that PostgreSQL can take. */
export const reasonShape = z
  .string()
  .refine((text) => !text.includes('\0') && text.isWellFormed())
  .transform(plainText)
  .pipe(z.string().trim().min(1).max(longestReason));
