import type { Known } from './attempt.ts';

/** The one list of plans in the page: at whose control it is open, and which option is lit; null until it is drawn. */
export type OpenList = { userId: string; name: string; listed: Known; control: HTMLElement; place: number | null };

export const planListId = 'plan-list';
export const optionId = (place: number) => `plan-option-${place}`;
export const planControlId = (userId: string) => `plan-${userId}`;
