import { z } from 'zod';

/** Until when a plan is to last: what the clocks of a zone show. */
export const untilShape = z.object({ wall: z.string().max(20), zone: z.string().max(64) });
