import { expect, test } from 'vitest';
import { type Choice, everybody, filtered, isChosen, nobody, pageTicked, shareOf, ticked } from './chosen.ts';

const page = ['a', 'b', 'c', 'd', 'e'];
const ids = ({ people }: Choice) => [...people].sort().join('');
const all = everybody({ params: 'plan=Basic', people: 1_240 });

test('a tick chooses one person, a second one takes it back', () => {
  const one = ticked(nobody, page, 'b', false);

  expect(ids(one)).toBe('b');
  expect(ids(ticked(one, page, 'b', false))).toBe('');
});

test('a range goes both ways from who was ticked last, and becomes what its end becomes', () => {
  const down = ticked(ticked(nobody, page, 'b', false), page, 'd', true);
  const up = ticked(down, page, 'a', true);

  expect(ids(down)).toBe('bcd');
  expect(ids(up)).toBe('abcd');
  expect(ids(ticked(up, page, 'c', true))).toBe('d');
});

test('a range from somebody who is not on this page is one person', () => {
  expect(ids(ticked(ticked(nobody, ['z'], 'z', false), page, 'c', true))).toBe('cz');
  expect(ids(ticked(nobody, page, 'c', true))).toBe('c');
});

test('the page is chosen whole, then not at all; who is on other pages stays as they are', () => {
  const some = ticked(ticked(nobody, ['z'], 'z', false), page, 'b', false);
  expect(shareOf(some, page)).toBe('some');

  const whole = pageTicked(some, page);
  expect(shareOf(whole, page)).toBe('all');
  expect(ids(whole)).toBe('abcdez');

  expect(ids(pageTicked(whole, page))).toBe('z');
  expect(shareOf(nobody, [])).toBe('none');
});

test('of all who match, to untick one leaves the others on the page', () => {
  expect(isChosen(all, 'anybody')).toBe(true);

  const others = ticked(all, page, 'c', false);
  expect(others.all).toBeNull();
  expect(ids(others)).toBe('abde');
  expect(ids(pageTicked(all, page))).toBe('');
});

test('another filter gives up all who matched, but not those who were ticked one by one', () => {
  const one = ticked(nobody, page, 'b', false);

  expect(filtered(all, 'plan=Basic')).toBe(all);
  expect(filtered(all, 'plan=Pro')).toEqual({ ...nobody, isGivenUp: true });
  expect(filtered(one, 'plan=Pro')).toBe(one);
  expect(ticked(filtered(all, ''), page, 'a', false).isGivenUp).toBe(false);
});
