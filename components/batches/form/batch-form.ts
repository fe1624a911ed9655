import { longestDays } from '@/lib/licenses/ending.ts';
import { longestReason, maxRows } from '@/lib/lists/file.ts';
import { longestList } from '@/lib/lists/list.ts';
import * as texts from '@/lib/texts/batches.ts';
import { fileProblems } from '@/lib/texts/files.ts';
import { momentAt } from '@/lib/wall-clock.ts';
import type { Plan } from './plan-choice.tsx';
import { ownZone } from './time-field.tsx';
import { columnsOf, type PeopleFileState } from './use-people-file.ts';

/** How people are chosen. */
export type Way = 'filter' | 'ticked' | 'list' | 'file';

/** Everybody that the list of people showed; `words` are empty where it left nobody out. */
export type Matching = { params: string; people: number; words: string };

/** What the form of a new batch holds, except for the file itself: it can be kept as JSON. */
export type BatchForm = {
  way: Way;
  list: string;
  plan: Plan | null;
  /** Wall-clock time in the browser's zone, as typed; null: permanently. */
  until: string | null;
  reason: string;
};

/** What is missing or wrong, beside the field that it is about. */
export type Missing = {
  who?: string | undefined;
  plan?: string | undefined;
  until?: string | undefined;
  reason?: string | undefined;
};

/** What has to be put right before a preview. `hasTicked`: the people ticked in the list are still known. */
export function missingIn(form: BatchForm, file: PeopleFileState, hasTicked: boolean): Missing {
  return {
    who: whoIsMissing(form, file, hasTicked),
    plan: planMissing(form, file),
    until: form.until === null ? undefined : badEnd(form.until),
    reason: reasonMissing(form.reason.trim().length),
  };
}

/** Of what was complained about, what is still so, in the words of now: a complaint goes as soon as the field is put right. */
export const stillMissing = (complained: Missing, now: Missing): Missing => ({
  who: complained.who && now.who,
  plan: complained.plan && now.plan,
  until: complained.until && now.until,
  reason: complained.reason && now.reason,
});

function whoIsMissing({ way, list, plan }: BatchForm, file: PeopleFileState, hasTicked: boolean): string | undefined {
  if (way === 'list' && list.trim() === '') return texts.newBatch.missing.people;
  if (way === 'list' && list.length > longestList) return texts.newBatch.tooLong(maxRows);
  if (way === 'ticked' && !hasTicked) return texts.newBatch.tickedGone;
  return way === 'file' ? fileMissing(file, plan) : undefined;
}

/** A question about plans is none where everybody gets one plan. */
function fileMissing({ state, handedIn }: PeopleFileState, plan: Plan | null): string | undefined {
  if (typeof state === 'object') return fileProblems[state.problem](state.line);
  if (!handedIn) return texts.newBatch.missing.file;
  const { questions, people } = handedIn.understood;
  if (questions.some(({ about }) => about !== 'license' || plan === 'file')) return texts.newBatch.missing.question;
  return people === 0 ? texts.newBatch.missing.noPeople : undefined;
}

function planMissing({ way, plan }: BatchForm, { handedIn }: PeopleFileState): string | undefined {
  if (plan === null || (plan === 'file' && way !== 'file')) return texts.newBatch.missing.plan;
  if (plan !== 'file' || !handedIn || columnsOf(handedIn).license !== undefined) return undefined;
  return texts.newBatch.missing.planColumn;
}

function reasonMissing(length: number): string | undefined {
  if (length === 0) return texts.newBatch.missing.reason;
  return length > longestReason ? texts.newBatch.reasonTooLong(longestReason) : undefined;
}

/** What is wrong with an end as typed, if anything is. */
function badEnd(typed: string): string | undefined {
  const end = momentAt(typed, ownZone())?.getTime();
  if (end === undefined) return typed === '' ? texts.duration.missing : texts.duration.noSuchTime;
  if (end <= Date.now()) return texts.duration.passed;
  return end > Date.now() + longestDays * 86_400_000 ? texts.duration.tooFar : undefined;
}
