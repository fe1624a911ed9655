export const second = 1_000;

/** After so long a save is called slow. */
export const slowAfter = 4 * second;
