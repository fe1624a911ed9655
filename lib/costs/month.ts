import { addDays, dayOf } from '../trend/calendar.ts';

/** A calendar month, `2026-11`. */
const shape = /^\d{4}-(?:0[1-9]|1[0-2])$/;

export const isMonth = (text: string): boolean => shape.test(text);

/** The month that a moment is in, in a zone. */
export const monthOf = (at: Date, zone: string): string => dayOf(at, zone).slice(0, 7);

export const firstDayOf = (month: string): string => `${month}-01`;

/** The first day of the next month. */
export const nextMonth = (month: string): string => addDays(firstDayOf(month), 31).slice(0, 7);

const monthBefore = (month: string): string => addDays(firstDayOf(month), -1).slice(0, 7);

/** The months from one to another, newest first; at most `most` of them. */
export function monthsBack(from: string, to: string, most: number): string[] {
  const months: string[] = [];
  for (let month = to; month >= from && months.length < most; month = monthBefore(month)) months.push(month);
  return months;
}

/** How many days a month has. */
export const daysIn = (month: string): number => Number(addDays(firstDayOf(nextMonth(month)), -1).slice(8));
