import { z } from 'zod';

/**
 * An account or user ID that is safe in a path: the API's own pattern (`.*\S.*`) allows `..` and slashes, which the AWS
 * SDK sends as they are.
 */
export const chimeId = z.string().regex(/^[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}[A-Za-z0-9])?$/);

/** Whether a text is such an ID. */
export const isChimeId = (text: string): boolean => chimeId.safeParse(text).success;
