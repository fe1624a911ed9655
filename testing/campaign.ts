/** How often a test goes round: seldom in `npm test`, long in `npm run campaign`, which are the same tests. */
export function rounds(short: number, long: number): number {
  return process.env.CAMPAIGN ? long : short;
}
