import { expect, test } from 'vitest';
import { openNewcomers } from './newcomers.ts';

test('an address is new once a minute, however often it comes', () => {
  let now = 0;
  const newcomers = openNewcomers(() => now);
  expect(newcomers.isNew('10.0.0.1')).toBe(true);
  expect(newcomers.isNew('10.0.0.1')).toBe(false);
  expect(newcomers.isNew('10.0.0.2')).toBe(true);
  now = 59_000;
  expect(newcomers.isNew('10.0.0.1')).toBe(false);
  now = 118_000;
  expect(newcomers.isNew('10.0.0.1')).toBe(false);
  now = 200_000;
  expect(newcomers.isNew('10.0.0.1')).toBe(true);
});

test('the addresses of a storm are forgotten in the order they came, and none stays for ever', () => {
  const newcomers = openNewcomers(() => 0);
  newcomers.isNew('first');
  for (let at = 0; at < 25_000; at += 1) newcomers.isNew(`address ${at}`);
  expect(newcomers.isNew('first')).toBe(true);
  expect(newcomers.isNew('address 24999')).toBe(false);
});
