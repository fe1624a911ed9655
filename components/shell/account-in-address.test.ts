import { expect, test } from 'vitest';
import { accountInAddress, sectionInAddress } from './account-in-address.ts';

test.each([
  ['/accounts/nordwind/users', 'nordwind', 'users'],
  ['/accounts/nordwind/licenses', 'nordwind', 'licenses'],
  ['/accounts/nordwind/batches/new', 'nordwind', 'batches'],
  ['/accounts/nordwind/audit', 'nordwind', 'audit'],
  ['/accounts/tokens', undefined, 'users'],
  ['/accounts/trend/compare', undefined, 'users'],
  ['/accounts', undefined, 'users'],
  ['/audit', undefined, 'users'],
  ['/', undefined, 'users'],
])('%s is of the account %s, and leads to the %s of another', (address, account, section) => {
  expect(accountInAddress(address)).toBe(account);
  expect(sectionInAddress(address)).toBe(section);
});
