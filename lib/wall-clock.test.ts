import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isZone, momentAt, timeFrom, wallOf } from './wall-clock.ts';

describe('the moment at which clocks show a time', () => {
  test.each([
    ['in winter', '2026-11-27T18:00', 'Europe/Berlin', '2026-11-27T17:00:00.000Z'],
    ['in summer', '2026-07-03T18:00', 'Europe/Berlin', '2026-07-03T16:00:00.000Z'],
    ['just before the clocks go forward', '2026-03-29T01:59', 'Europe/Berlin', '2026-03-29T00:59:00.000Z'],
    ['just after the clocks go forward', '2026-03-29T03:00', 'Europe/Berlin', '2026-03-29T01:00:00.000Z'],
    ['that they show twice: the first', '2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
    ['after they went back', '2026-10-25T03:00', 'Europe/Berlin', '2026-10-25T02:00:00.000Z'],
    ['where they go back by half an hour', '2026-04-05T01:45', 'Australia/Lord_Howe', '2026-04-04T14:45:00.000Z'],
    ['across the date line', '2026-01-01T00:30', 'Pacific/Kiritimati', '2025-12-31T10:30:00.000Z'],
    ['with quarters of an hour', '2026-01-01T12:00', 'Asia/Kathmandu', '2026-01-01T06:15:00.000Z'],
  ])('%s', (_, wall, zone, at) => expect(momentAt(wall, zone)?.toISOString()).toBe(at));

  test.each([
    ['a time that is left out', '2026-03-29T02:30', 'Europe/Berlin'],
    ['a day that is left out', '2011-12-30T12:00', 'Pacific/Apia'],
    ['a day that is not', '2026-02-30T12:00', 'UTC'],
    ['an hour that is not', '2026-02-03T24:00', 'UTC'],
    ['no time at all', 'Friday', 'UTC'],
  ])('is not there for %s', (_, wall, zone) => expect(momentAt(wall, zone)).toBeUndefined());

  test('is the one they show it at, whatever the zone', () => {
    const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
    const minutes = fc.integer({ min: Date.UTC(2000, 0) / 60_000, max: Date.UTC(2037, 0) / 60_000 });
    fc.assert(
      fc.property(zones, minutes, (zone, minute) => {
        const wall = wallOf(minute * 60_000, zone);
        const at = momentAt(wall, zone)?.getTime() ?? Number.NaN;
        expect(wallOf(at, zone)).toBe(wall);
        expect(at).toBeLessThanOrEqual(minute * 60_000);
      }),
      { numRuns: 300 },
    );
  });
});

test.each([
  ['Europe/Berlin', true],
  ['UTC', true],
  ['America/Argentina/Buenos_Aires', true],
  ['Nowhere/Land', false],
  ['', false],
  ['+02:00', false],
])('%s is a zone: %s', (zone, is) => expect(isZone(zone)).toBe(is));

describe('a time that somebody typed', () => {
  const berlin = (text: string) => timeFrom(text, 'Europe/Berlin');

  test.each([
    ['of the own zone', '2026-12-24T18:00', '2026-12-24T17:00:00.000Z', 'Europe/Berlin', '2026-12-24T18:00'],
    ['with a blank', ' 2026-12-24 18:00 ', '2026-12-24T17:00:00.000Z', 'Europe/Berlin', '2026-12-24T18:00'],
    ['in UTC', '2026-12-24T18:00Z', '2026-12-24T18:00:00.000Z', 'UTC', '2026-12-24T18:00'],
    ['with an offset', '2026-12-24T18:00+05:30', '2026-12-24T12:30:00.000Z', 'UTC', '2026-12-24T12:30'],
    ['with another', '2026-12-24 18:00 -0800', '2026-12-25T02:00:00.000Z', 'UTC', '2026-12-25T02:00'],
    ['of a named zone', '2026-12-24 18:00 Asia/Tokyo', '2026-12-24T09:00:00.000Z', 'Asia/Tokyo', '2026-12-24T18:00'],
    [
      'that is there twice, told apart',
      '2026-10-25T02:30+01:00',
      '2026-10-25T01:30:00.000Z',
      'UTC',
      '2026-10-25T01:30',
    ],
  ])('%s', (_, text, at, zone, wall) => expect(berlin(text)).toEqual({ at: new Date(at), zone, wall }));

  test.each([
    ['no time', 'tomorrow', 'form'],
    ['a day alone', '2026-12-24', 'form'],
    ['seconds', '2026-12-24T18:00:00', 'form'],
    ['a day that is not', '2026-02-30T12:00', 'form'],
    ['a zone that is not', '2026-12-24 18:00 Mars/Olympus', 'zone'],
    ['an offset that is not', '2026-12-24T18:00+25:00', 'zone'],
    ['a time that is left out', '2026-03-29T02:30', 'skipped'],
    ['a time that is there twice', '2026-10-25T02:30', 'twice'],
  ])('is not read from %s', (_, text, problem) => expect(berlin(text)).toBe(problem));

  test('is the moment at which clocks show it', () => {
    const minutes = fc.integer({ min: Date.UTC(2000, 0) / 60_000, max: Date.UTC(2037, 0) / 60_000 });
    fc.assert(
      fc.property(minutes, fc.constantFrom('Europe/Berlin', 'Australia/Lord_Howe', 'UTC'), (minute, zone) => {
        const time = timeFrom(wallOf(minute * 60_000, zone), zone);
        if (typeof time === 'string') expect(time).toBe('twice');
        else expect(time.at.getTime()).toBe(minute * 60_000);
      }),
    );
  });
});
