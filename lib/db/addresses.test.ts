import { expect, test } from 'vitest';
import { addressesOf } from './addresses.ts';

test.each([
  [
    'postgres://u:p@db1:5432,db2:5433/desk?sslmode=require',
    ['postgres://u:p@db1:5432/desk?sslmode=require', 'postgres://u:p@db2:5433/desk?sslmode=require'],
  ],
  ['postgresql://db1,[::1]:5432/desk', ['postgresql://db1/desk', 'postgresql://[::1]:5432/desk']],
  ['postgres://u:p%40@db/desk', ['postgres://u:p%40@db/desk']],
  ['postgres:///desk?host=/run/postgresql', ['postgres:///desk?host=/run/postgresql']],
  ['mysql://db1,db2', ['mysql://db1,db2']],
])('%s names its hosts', (url, addresses) => {
  expect(addressesOf(url)).toEqual(addresses);
});
