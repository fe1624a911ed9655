export const second = 1_000;

/** After so long a save is called slow. */
export const slowAfter = 4 * second;

/** How long a saved change has its tick, and how long it can be undone from its row. */
export const tickFor = 10 * second;
export const undoFor = 30 * second;
