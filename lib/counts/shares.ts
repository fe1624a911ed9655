/**
 * The share of each of these numbers in their sum, in whole percent that add up to 100: those with the largest remainders are
 * rounded up. All 0 where the sum is 0.
 */
export function sharesOf(numbers: number[]): number[] {
  const sum = numbers.reduce((total, one) => total + one, 0);
  if (sum === 0) return numbers.map(() => 0);
  const exact = numbers.map((one) => (one * 100) / sum);
  const missing = 100 - exact.reduce((total, one) => total + Math.floor(one), 0);
  const byRemainder = exact
    .map((_, index) => index)
    .sort((one, other) => remainder(exact[other]) - remainder(exact[one]));
  const roundedUp = new Set(byRemainder.slice(0, missing));
  return exact.map((one, index) => Math.floor(one) + (roundedUp.has(index) ? 1 : 0));
}

const remainder = (value = 0) => value - Math.floor(value);
