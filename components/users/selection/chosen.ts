import type { ComponentType } from 'react';
import { type Cell, createCell } from '../../ui/cell.ts';

/** Everybody that a filter finds, by the address of the filter; `people` is how many that was. */
export type AllOf = { params: string; people: number };

export type Choice = {
  /** Those who were chosen one by one, by their IDs; nobody beside `all`. */
  people: ReadonlySet<string>;
  all: AllOf | null;
  /** Who was ticked last: a range goes from here. */
  last: string | null;
  /** All who matched were chosen, until the filter became another. */
  isGivenUp: boolean;
};

export const nobody: Choice = { people: new Set(), all: null, last: null, isGivenUp: false };

export const isChosen = ({ people, all }: Choice, userId: string) => all !== null || people.has(userId);

export const isAnybody = ({ people, all }: Choice) => all !== null || people.size > 0;

/** How much of a page is chosen. */
export function shareOf(choice: Choice, page: string[]): 'all' | 'some' | 'none' {
  const count = page.filter((userId) => isChosen(choice, userId)).length;
  return count === 0 ? 'none' : count === page.length ? 'all' : 'some';
}

/**
 * Somebody is ticked, or not any more; as a range, everybody between them and who was ticked last becomes what they become.
 * Where all who match were chosen, the others on the page stay chosen.
 */
export function ticked(choice: Choice, page: string[], userId: string, isRange: boolean): Choice {
  const isOn = !isChosen(choice, userId);
  const range = isRange ? between(page, choice.last ?? userId, userId) : [userId];
  return { ...nobody, people: turned(choice, page, range, isOn), last: userId };
}

/** The page is ticked, or where all of it is, not any more. */
export const pageTicked = (choice: Choice, page: string[]): Choice => ({
  ...nobody,
  people: turned(choice, page, page, shareOf(choice, page) !== 'all'),
  last: choice.last,
});

export const everybody = (all: AllOf): Choice => ({ ...nobody, all });

/** Another filter finds other people: only people that the operator has seen counted may be changed. */
export function filtered(choice: Choice, params: string): Choice {
  return choice.all === null || choice.all.params === params ? choice : { ...nobody, isGivenUp: true };
}

function turned({ people, all }: Choice, page: string[], userIds: string[], isOn: boolean): Set<string> {
  const next = new Set(all === null ? people : page);
  for (const userId of userIds) isOn ? next.add(userId) : next.delete(userId);
  return next;
}

function between(page: string[], one: string, other: string): string[] {
  const places = [page.indexOf(one), page.indexOf(other)];
  return places.includes(-1) ? [other] : page.slice(Math.min(...places), Math.max(...places) + 1);
}

/** The choice and the page it is made from, outside the rows: a tick draws one checkbox again. */
export type Chosen = { choice: Cell<Choice>; page: Cell<string[]> };

/** What the table needs for people to be chosen in it. */
export type Ticks = {
  chosen: Chosen;
  RowTick: ComponentType<{ userId: string; name: string }>;
  PageTick: ComponentType;
};

export const createChosen = (): Chosen => ({ choice: createCell(nobody), page: createCell<string[]>([]) });
