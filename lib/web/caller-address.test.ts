import { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { callerAddress } from './caller-address.ts';

function request(forwardedFor?: string) {
  const socket = new Socket();
  Object.defineProperty(socket, 'remoteAddress', { value: '10.0.0.7' });
  return { socket, headers: forwardedFor === undefined ? {} : { 'x-forwarded-for': forwardedFor } };
}

test.each([
  ['1.2.3.4', undefined, '10.0.0.7'],
  ['1.2.3.4', 1, '1.2.3.4'],
  ['9.9.9.9, 1.2.3.4', 1, '1.2.3.4'],
  ['9.9.9.9, 1.2.3.4, 10.0.0.6', 2, '1.2.3.4'],
  ['1.2.3.4', 2, '10.0.0.7'],
  ['', 1, '10.0.0.7'],
  ['nobody', 1, '10.0.0.7'],
  [undefined, 1, '10.0.0.7'],
  ['2001:db8::1', 1, '2001:db8::1'],
])('a request that says %j through %j proxies comes from %s', (says, proxies, address) => {
  expect(callerAddress(request(says), proxies)).toBe(address);
});
