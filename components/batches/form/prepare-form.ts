import type { Result } from '@/lib/result.ts';
import type { Chosen, PrepareBatch } from '../actions.ts';
import type { BatchForm, Matching } from './batch-form.ts';
import { handIn } from './hand-in.ts';
import type { Plan } from './plan-choice.tsx';
import { ownZone } from './time-field.tsx';
import type { HandedIn } from './use-people-file.ts';

type Given = {
  accountId: string;
  form: BatchForm;
  matching: Matching | null;
  ticked: string[] | null;
  handedIn: HandedIn | null;
  prepareBatch: PrepareBatch;
};

/** Asks for the preview of a form in which nothing is missing: by an action, or with the file where there is one. */
export async function prepareForm(given: Given, to: Plan): Promise<Result<{ batchId: string }>> {
  const { accountId, form, handedIn, prepareBatch } = given;
  const end = form.until === null ? undefined : { wall: form.until, zone: ownZone() };
  const wish = { to: to === 'file' ? null : to, reason: form.reason.trim(), until: end };
  if (!handedIn) return prepareBatch({ accountId, people: chosenPeople(given), ...wish });
  const result = await handIn(accountId, handedIn.file, handedIn.choices, wish);
  if (!result.ok) return result;
  const { value } = result;
  if (value.state === 'prepared') return { ok: true, value };
  return { ok: false, failure: { code: 'invalid', at: new Date().toISOString() } }; // it is another file than a moment ago
}

function chosenPeople({ form, matching, ticked }: Given): Chosen {
  if (form.way === 'filter' && matching) {
    return matching.words === '' ? { kind: 'everybody' } : { kind: 'filter', params: matching.params };
  }
  if (form.way === 'ticked') return { kind: 'people', userIds: ticked ?? [] };
  return { kind: 'list', text: form.list };
}
