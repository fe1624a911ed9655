/** A token as its operator sees it in a list; moments are ISO-8601. The token itself is shown once and never again. */
export type TokenView = { id: string; name: string; createdAt: string; lastUsedAt: string | null; expiresAt: string };

/** Days after which a token ends by itself. */
export const lifeDays = 90;

/** Tokens that one operator has at a time. */
export const maxTokens = 10;

export const longestName = 80;
