'use client';

import { useRouter, useSearchParams } from 'next/navigation';
import { type FormEvent, useRef, useState } from 'react';
import type { PrepareBatch } from '../actions.ts';
import { batchPath } from '../addresses.ts';
import { focusNextHeading } from '../focus-next-heading.ts';
import { useAsk } from '../use-ask.ts';
import { type BatchForm, type Matching, type Missing, missingIn, stillMissing } from './batch-form.ts';
import { useChosenPeople } from './chosen-people.ts';
import { durationId } from './duration.tsx';
import { fileOf, type KeptForm, keepForm } from './kept-form.ts';
import type { Plan } from './plan-choice.tsx';
import { prepareForm } from './prepare-form.ts';
import { usePeopleFile } from './use-people-file.ts';

type Given = {
  accountId: string;
  matching: Matching | null;
  isTicked: boolean;
  prepareBatch: PrepareBatch;
  kept: KeptForm | null;
};

const withoutPlans = { columns: { license: null } };

/** What the form of a new batch holds, what is missing in it, and what its parts may do. */
export function useNewBatch({ accountId, matching, isTicked, prepareBatch, kept }: Given) {
  const router = useRouter();
  const query = useSearchParams().toString();
  const ticked = useChosenPeople(accountId);
  const way = matching ? 'filter' : isTicked ? 'ticked' : 'list';
  const [form, setForm] = useState<BatchForm>(kept?.form ?? { way, list: '', plan: null, until: null, reason: '' });
  const file = usePeopleFile(accountId, fileOf(kept));
  const [complained, setComplained] = useState<Missing>({});
  const { asking, refused, ask } = useAsk();
  const fields = useFields();
  const handedIn = form.way === 'file' ? file.handedIn : null;

  const put = (change: Partial<BatchForm>) => setForm((before) => ({ ...before, ...change }));

  function open({ batchId }: { batchId: string }) {
    keepForm(accountId, { batchId, query, form }, handedIn);
    focusNextHeading();
    router.push(batchPath(accountId, batchId));
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    const { plan } = form;
    const found = missingIn(form, file, ticked !== null);
    setComplained(found);
    if (found.who || found.plan || found.until || found.reason) return fields.focusFirst(found);
    const given = { accountId, form, matching, ticked, handedIn, prepareBatch };
    if (plan !== null) void ask('prepare', () => prepareForm(given, plan), open);
  }

  return {
    form,
    put,
    file,
    handedIn,
    ticked,
    fields,
    submit,
    refused,
    isAsking: asking !== null,
    missing: stillMissing(complained, missingIn(form, file, ticked !== null)),
    ...planChoices(form.plan, file, put),
    chooseFile(chosen: File | undefined) {
      file.choose(chosen, form.plan === null || form.plan === 'file' ? {} : withoutPlans);
      setComplained({});
      if (form.plan === 'file') put({ plan: null });
    },
  };
}

export type NewBatchState = ReturnType<typeof useNewBatch>;

/** The fields that may be complained about, and the way to the first of them. */
function useFields() {
  const list = useRef<HTMLTextAreaElement>(null);
  const file = useRef<HTMLInputElement>(null);
  const plans = useRef<HTMLFieldSetElement>(null);
  const reason = useRef<HTMLTextAreaElement>(null);

  function focusFirst(found: Missing) {
    if (found.who) (list.current ?? file.current)?.focus();
    else if (found.plan) plans.current?.querySelector('input')?.focus();
    else if (found.until) document.getElementById(durationId)?.focus();
    else if (found.reason) reason.current?.focus();
  }
  return { list, file, plans, reason, focusFirst };
}

/** One plan for everybody, or a column of the file with a plan for each. */
function planChoices(
  plan: Plan | null,
  file: ReturnType<typeof usePeopleFile>,
  put: (change: Partial<BatchForm>) => void,
) {
  return {
    /** Where everybody gets one plan, the file is read without its plans, so that they keep no line from being used. */
    choosePlan(next: Plan) {
      put({ plan: next });
      if (!file.handedIn) return;
      const { license, ...others } = file.handedIn.choices.columns ?? {};
      if (next !== 'file' && license !== null) file.correct({ columns: { ...others, ...withoutPlans.columns } });
      if (next === 'file' && license === null) file.correct({ columns: others });
    },
    choosePlanColumn(column: number) {
      put({ plan: 'file' });
      file.correct({ columns: { ...file.handedIn?.choices.columns, license: column } });
    },
    /** The column of the plans was named, or taken back, where the file is shown. */
    takePlansFrom(column: number | null) {
      if (column !== null) put({ plan: 'file' });
      else if (plan === 'file') put({ plan: null });
    },
  };
}
