import { z } from 'zod';

/** The query of an address about all accounts; one that names an account is refused, since that account has an address of its own. */
export const queryOfAll = z.object({ accountId: z.never().optional() }).catchall(z.string());
