import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { withDatabase } from '../../testing/database.ts';
import { auditFilterFrom } from '../audit/filter.ts';
import { pageOfEntries } from '../audit/store.ts';
import type { Database } from '../db/database.ts';
import { auditSentence } from '../texts/history.ts';
import type { PriceInput } from './input.ts';
import { enterPrice, withdrawPrice } from './keep-prices.ts';
import { listPrices } from './prices-store.ts';

const dana = () => ({ operator: { id: 'dana', name: 'Dana Reyes', role: 'admin' }, requestId: randomUUID() });

const typed: PriceInput = {
  perDay: '3.00',
  capPerMonth: '15.00',
  currency: 'EUR',
  validFrom: '2026-11-01',
  source: 'Contract 4711',
};

async function told(db: Database): Promise<string[]> {
  const { entries } = await pageOfEntries(db, auditFilterFrom(new URLSearchParams(), null));
  return entries.map((entry) => auditSentence(entry)).reverse();
}

test('a price is kept with who entered it, stays in the list when it is withdrawn, and both are in the audit', () =>
  withDatabase(async (db) => {
    const [first] = await enterPrice(db, typed, dana());
    expect(first).toMatchObject({ perDay: 300n, capPerMonth: 1500n, enteredBy: 'Dana Reyes', withdrawn: null });
    await enterPrice(db, { ...typed, validFrom: '2026-12-01', perDay: '4.00' }, dana());

    const left = await withdrawPrice(db, first?.id ?? '', dana());
    expect(left.map(({ validFrom, withdrawn }) => [validFrom, withdrawn?.by])).toEqual([
      ['2026-12-01', undefined],
      ['2026-11-01', 'Dana Reyes'],
    ]);
    await withdrawPrice(db, first?.id ?? '', dana());
    const [again] = (await enterPrice(db, typed, dana())).filter(
      ({ withdrawn, validFrom }) => !withdrawn && validFrom === '2026-11-01',
    );
    expect(again?.id).not.toBe(first?.id);

    const terms = 'EUR 3.00 a day, at most EUR 15.00 a month, from 2026-11-01. Source: Contract 4711';
    expect(await told(db)).toEqual([
      `**Dana Reyes** entered a price of Pro: “${terms}”`,
      `**Dana Reyes** entered a price of Pro: “EUR 4.00 a day, at most EUR 15.00 a month, from 2026-12-01. Source: Contract 4711”`,
      `**Dana Reyes** withdrew a price of Pro: “${terms}”`,
      `**Dana Reyes** entered a price of Pro: “${terms}”`,
    ]);
  }));

test('of two prices that are entered for one day at the same time, one is refused, and nothing is written of it', () =>
  withDatabase(async (db) => {
    const both = await Promise.allSettled([
      enterPrice(db, typed, dana()),
      enterPrice(db, { ...typed, perDay: '5.00' }, dana()),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'invalid' } });
    expect(await listPrices(db)).toHaveLength(1);
    expect(await told(db)).toHaveLength(1);
  }));

test('a price without which a month had two currencies is not withdrawn', () =>
  withDatabase(async (db) => {
    await enterPrice(db, { ...typed, validFrom: '2026-09-01' }, dana());
    await enterPrice(db, { ...typed, validFrom: '2026-10-01', currency: 'USD' }, dana());
    await enterPrice(db, { ...typed, validFrom: '2026-10-15', currency: 'USD' }, dana());
    const between = (await listPrices(db)).find(({ validFrom }) => validFrom === '2026-10-01');

    await expect(withdrawPrice(db, between?.id ?? '', dana())).rejects.toMatchObject({ code: 'invalid' });
    expect((await listPrices(db)).every(({ withdrawn }) => withdrawn === null)).toBe(true);
    expect(await told(db)).toHaveLength(3);
  }));
