import { expect, test } from 'vitest';
import * as texts from '../filters.ts';
import { fresh } from '../freshness.ts';
import { directions } from '../people.ts';
import { listStates } from '../states.ts';

test('values that nobody here knows are shown as Chime spells them, and where Chime gives none there is no data', () => {
  expect(texts.filters.value('registration', 'Hibernating')).toBe('Hibernating');
  expect(texts.filters.value('license', 'Gold')).toBe('Gold');
  expect(texts.filters.value('userType', null)).toBe('No data');
  expect(texts.filters.value('invitation', null)).toBe('No data');
});

test('how far a listing is says only what is known', () => {
  expect(fresh.reading(2400, 10_000)).toBe('Updating from Chime: 2,400 of about 10,000');
  expect(fresh.reading(2400, null)).toBe('Updating from Chime: 2,400 so far');
  expect(fresh.partial(6200, 10_000)).toBe('Showing 6,200 of about 10,000 people. Search finds only these for now.');
  expect(fresh.partial(6200, null)).toBe('Showing 6,200 people so far. Search finds only these for now.');
  expect(listStates.loadingSo(2400)).toBe('Still loading: 2,400 so far');
});

test('dates are sorted by time, everything else by the alphabet', () => {
  expect(directions('invited')).toEqual(['Oldest first', 'Newest first']);
  expect(directions('email')).toEqual(['A to Z', 'Z to A']);
});
