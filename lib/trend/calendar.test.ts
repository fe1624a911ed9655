import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayOf, daysFrom, endOfDay, startOfDay } from './calendar.ts';

const zones = [
  'UTC',
  'Europe/Berlin',
  'America/Havana',
  'Asia/Beirut',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'Pacific/Chatham',
];

const startIn = (day: string, zone: string) => startOfDay(day, zone)?.toISOString();

test('a day begins at its midnight, in summer as in winter', () => {
  expect(startIn('2026-11-28', 'UTC')).toBe('2026-11-28T00:00:00.000Z');
  expect(startIn('2026-11-28', 'Europe/Berlin')).toBe('2026-11-27T23:00:00.000Z');
  expect(startIn('2026-07-01', 'Europe/Berlin')).toBe('2026-06-30T22:00:00.000Z');
});

test('a day whose midnight clocks skip begins when they go forward', () => {
  expect(startIn('2026-03-29', 'Asia/Beirut')).toBe('2026-03-28T22:00:00.000Z');
});

test('a day whose midnight clocks show twice begins the first time', () => {
  expect(startIn('2026-11-01', 'America/Havana')).toBe('2026-11-01T04:00:00.000Z');
});

test('a day that a zone has left out begins with the next one, and is none of its days', () => {
  expect(startIn('2011-12-30', 'Pacific/Apia')).toBe(startIn('2011-12-31', 'Pacific/Apia'));
  const days = daysFrom(new Date('2011-12-28T12:00Z'), new Date('2012-01-01T12:00Z'), 'Pacific/Apia');
  expect(days.map(({ day }) => day)).toEqual(['2011-12-28', '2011-12-29', '2011-12-31', '2012-01-01', '2012-01-02']);
});

test.each(['2026-02-29', '2026-13-01', '2026-1-1', 'today', ''])('%s is no day', (text) => {
  expect(startOfDay(text, 'UTC')).toBeUndefined();
});

test('days of 23 and of 25 hours are days', () => {
  const hoursOf = (day: string) => {
    const [first] = daysFrom(
      startOfDay(day, 'Europe/Berlin') ?? new Date(0),
      new Date(`${day}T12:00Z`),
      'Europe/Berlin',
    );
    return first && (endOfDay(first, 'Europe/Berlin').getTime() - first.start.getTime()) / 3_600_000;
  };
  expect([hoursOf('2026-03-29'), hoursOf('2026-10-25'), hoursOf('2026-06-01')]).toEqual([23, 25, 24]);
});

test('in any zone, each moment is in one day of those from before it to after it, and days follow each other', () => {
  const moment = fc.date({ min: new Date('2009-01-01'), max: new Date('2029-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(fc.constantFrom(...zones), moment, fc.nat({ max: 40 }), (zone, from, days) => {
      const until = new Date(from.getTime() + days * 86_400_000);
      const found = daysFrom(from, until, zone);
      expect(found[0]?.start.getTime()).toBeLessThanOrEqual(from.getTime());
      expect(found.at(-1)?.day).toBe(dayOf(until, zone));
      for (const [index, { day, start }] of found.entries()) {
        expect(dayOf(start, zone)).toBe(day);
        const next = found[index + 1];
        if (next) expect(dayOf(new Date(next.start.getTime() - 60_000), zone)).toBe(day);
      }
    }),
  );
});
