import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keysOf, placeOf } from './tries.ts';

const secret = 'only-for-this-test-and-long-enough-for-it';

test.each([
  ['10.1.2.3', '10.1.2.3'],
  ['::ffff:10.1.2.3', '10.1.2.3'],
  ['2001:db8:1:2:aaaa::1', '2001:db8:1:2::/64'],
  ['2001:DB8:1:2::', '2001:db8:1:2::/64'],
  ['2001:0db8:0001:0002:0:0:0:9', '2001:db8:1:2::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['', 'unknown'],
  ['nowhere', 'unknown'],
])('the address %j counts as %s', (address, place) => {
  expect(placeOf(address)).toBe(place);
});

test('all addresses of a network of the new kind count as one', () => {
  fc.assert(
    fc.property(fc.ipV6(), (address) => {
      expect(placeOf(address)).not.toBe('unknown');
      expect(placeOf(address)).toBe(placeOf(address.toUpperCase()));
    }),
  );
});

test('what is kept tells neither names nor addresses, and nothing stands for something else', () => {
  const { name, of } = keysOf({ username: 'dana', address: '10.1.2.3', browser: undefined }, secret);
  const hashes = of(false).map(({ hash }) => hash);

  expect(hashes).toContain(name);
  expect(new Set(hashes).size).toBe(3);
  expect(hashes.join()).not.toMatch(/dana|10\.1/);
  const shifted = keysOf({ username: 'dana10', address: '.1.2.3', browser: undefined }, secret).of(false);
  for (const { hash } of shifted) expect(hashes).not.toContain(hash);
});

test('a browser that was let in before answers for itself alone', () => {
  const { of } = keysOf({ username: 'dana', address: '10.1.2.3', browser: 'b' }, secret);
  expect(of(false)).toHaveLength(1);
  expect(of(true)).toEqual(of(false));
});

test('strangers get less patience with a name that is under attack', () => {
  const { of } = keysOf({ username: 'dana', address: '10.1.2.3', browser: undefined }, secret);
  const least = (isUnderAttack: boolean) =>
    Math.min(...of(isUnderAttack).map(({ free, firstWait }) => (firstWait > 0 ? free : Number.POSITIVE_INFINITY)));
  expect(least(true)).toBeLessThan(least(false));
  expect(least(true)).toBeGreaterThan(0);
});
