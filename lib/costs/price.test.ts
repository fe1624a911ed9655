import fc from 'fast-check';
import { expect, test } from 'vitest';
import { priceProblem } from '../texts/costs.ts';
import { type PriceInput, readPrice } from './input.ts';
import { decimal, type Price } from './price.ts';
import { mixedMonth, priceOn } from './prices.ts';

const typed: PriceInput = {
  perDay: '3.00',
  capPerMonth: '15.00',
  currency: 'eur',
  validFrom: '2026-11-01',
  source: 'Contract 4711',
};

const price = (validFrom: string, currency = 'EUR', more: Partial<Price> = {}): Price => ({
  ...{ id: validFrom, validFrom, currency, decimals: 2, perDay: 300n, capPerMonth: 1500n, source: 'Contract' },
  ...{ enteredBy: 'Dana Reyes', enteredAt: '2026-11-02T10:00:00Z', withdrawn: null },
  ...more,
});

const refusalOf = (input: Partial<PriceInput>, prices: Price[] = []) => {
  const read = readPrice({ ...typed, ...input }, prices);
  return 'code' in read ? priceProblem(read) : null;
};

test('a price is read in whole amounts of the smallest unit', () => {
  expect(readPrice({ ...typed, perDay: ' 15.5 ' }, [])).toEqual({ code: 'cap-below-day' });
  expect(readPrice(typed, [])).toEqual({
    terms: { validFrom: '2026-11-01', currency: 'EUR', decimals: 2, perDay: 300n, capPerMonth: 1500n },
    source: 'Contract 4711',
  });
  expect(readPrice({ ...typed, currency: 'JPY', perDay: '450', capPerMonth: '2200' }, [])).toMatchObject({
    terms: { decimals: 0, perDay: 450n },
  });
  expect(readPrice({ ...typed, currency: 'KWD', perDay: '0.905', capPerMonth: '4.5' }, [])).toMatchObject({
    terms: { decimals: 3, perDay: 905n, capPerMonth: 4500n },
  });
});

test.each<[Partial<PriceInput>, string]>([
  [{ perDay: '' }, 'Enter the price per day.'],
  [{ source: '  ' }, 'Enter where the price is from.'],
  [{ perDay: '-3.00' }, 'Enter the price per day as 0 or more.'],
  [{ capPerMonth: '−15' }, 'Enter the cap per month as 0 or more.'],
  [{ perDay: '3.005' }, 'Enter the price per day with at most 2 decimals: EUR has no more.'],
  [{ currency: 'JPY', perDay: '3.0' }, 'Enter the price per day without decimals: JPY has none.'],
  [{ capPerMonth: '2.99' }, 'Enter a cap per month that is not below the price per day.'],
  [
    { perDay: '3,00' },
    'Enter the price per day in digits with a point before the decimals, such as 15.50. “3,00” is not clear.',
  ],
  [
    { capPerMonth: '1 500' },
    'Enter the cap per month in digits with a point before the decimals, such as 15.50. “1 500” is not clear.',
  ],
  [{ capPerMonth: '1e3' }, /“1e3” is not clear\.$/.source],
  [{ perDay: '1234567890123' }, 'Enter the price per day with at most 12 digits before the point.'],
  [{ currency: 'Euro' }, 'There is no currency Euro. Enter its three letters, such as EUR.'],
  [{ currency: 'EUX' }, 'There is no currency EUX. Enter its three letters, such as EUR.'],
  [{ validFrom: '2026-02-29' }, 'There is no day 2026-02-29. Write days like 2026-11-01.'],
  [{ validFrom: '1.11.2026' }, 'There is no day 1.11.2026. Write days like 2026-11-01.'],
  [{ validFrom: '0001-01-01' }, 'There is no day 0001-01-01. Write days like 2026-11-01.'],
])('of %o it is said what to do', (input, sentence) => {
  expect(refusalOf(input)).toMatch(sentence.endsWith('$') ? new RegExp(sentence) : sentence);
});

test('a day has one price, and a month one currency, without those that were withdrawn', () => {
  expect(refusalOf({}, [price('2026-11-01')])).toBe(
    'A price from 1 November 2026 is there already. Withdraw it first, or choose another day.',
  );
  expect(
    refusalOf({}, [price('2026-11-01', 'EUR', { withdrawn: { by: 'Dana Reyes', at: '2026-11-03T10:00:00Z' } })]),
  ).toBe(null);
  const mixed = 'Nov 2026 would have prices in USD and in EUR. Another currency can begin on the first day of a month.';
  expect(refusalOf({ validFrom: '2026-11-15' }, [price('2026-01-01', 'USD')])).toBe(mixed);
  expect(refusalOf({ validFrom: '2026-10-15' }, [price('2026-11-02', 'USD')])).toBe(
    'Nov 2026 would have prices in EUR and in USD. Another currency can begin on the first day of a month.',
  );
  expect(refusalOf({}, [price('2026-01-01', 'USD'), price('2027-01-01', 'USD')])).toBe(null);
});

const prices = fc
  .uniqueArray(fc.integer({ min: 0, max: 120 }), { maxLength: 6 })
  .chain((days) =>
    fc.tuple(...days.map((day) => fc.record({ day: fc.constant(day), currency: fc.constantFrom('EUR', 'USD') }))),
  )
  .map((all) =>
    all.map(({ day, currency }) => price(new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10), currency)),
  );

test('prices are refused for two currencies exactly if some month has days of both', () => {
  fc.assert(
    fc.property(prices, (all) => {
      const byMonth = new Map<string, Set<string>>();
      for (let day = 0; day < 150; day += 1) {
        const date = new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10);
        const holds = priceOn(all, date);
        if (holds) byMonth.set(date.slice(0, 7), (byMonth.get(date.slice(0, 7)) ?? new Set()).add(holds.currency));
      }
      const mixed = [...byMonth].filter(([, currencies]) => currencies.size > 1).map(([month]) => month);
      expect(mixedMonth(all)?.month).toBe(mixed.sort()[0]);
    }),
  );
});

test('an amount that is written out and read again is the same', () => {
  fc.assert(
    fc.property(
      fc.bigInt(0n, 10n ** 12n - 1n), // one more digit is refused
      fc.constantFrom(['EUR', 2], ['JPY', 0], ['KWD', 3]),
      (amount, [currency, decimals]) => {
        const text = decimal(amount, Number(decimals));
        const read = readPrice({ ...typed, currency: String(currency), perDay: text, capPerMonth: text }, []);
        expect(read).toMatchObject({ terms: { perDay: amount, capPerMonth: amount } });
      },
    ),
  );
});
