/**
 * What Pro costs from a day on. Amounts are whole numbers of the smallest unit of the currency, which has `decimals` places:
 * 1550 with 2 decimals is 15.50.
 */
export type Terms = {
  /** A day of the reporting zone, `2026-11-01`. */
  validFrom: string;
  /** As in ISO 4217. */
  currency: string;
  decimals: number;
  perDay: bigint;
  capPerMonth: bigint;
};

/** A price as it was entered. Moments are ISO-8601. */
export type Price = Terms & {
  id: string;
  /** Where it is from: a contract, an offer, an invoice. */
  source: string;
  enteredBy: string;
  enteredAt: string;
  /** By which operator and when it was withdrawn; it counts no more. Null: it counts. */
  withdrawn: { by: string; at: string } | null;
};

/** An amount with its decimals, exactly: `15.50`. */
export function decimal(amount: bigint, decimals: number): string {
  const digits = String(amount).padStart(decimals + 1, '0');
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
