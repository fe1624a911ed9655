'use client';

import { useRouter, useSearchParams } from 'next/navigation';
import { type FormEvent, type ReactNode, type RefObject, useRef, useState } from 'react';
import type { AccountView } from '@/lib/accounts/account.ts';
import * as texts from '@/lib/texts/batches.ts';
import { Button } from '../../ui/button.tsx';
import { SoftLink } from '../../ui/soft-link.tsx';
import type { Chosen, PrepareBatch } from '../actions.ts';
import { batchesPath, batchPath } from '../addresses.ts';
import { awaitArrival } from '../arrival.ts';
import { RefusalNote } from '../run/refusal-note.tsx';
import { useAsk } from '../use-ask.ts';
import { type BatchForm, type Missing, missingIn, stillMissing, type Way } from './batch-form.ts';
import { Choice } from './choice.tsx';
import { useChosenPeople } from './chosen-people.ts';
import { Duration, durationId } from './duration.tsx';
import { fieldLook } from './field-look.ts';
import { FileChoice } from './file-choice.tsx';
import { handIn } from './hand-in.ts';
import { fileOf, type KeptForm, keepForm, previewIn, useKeptForm } from './kept-form.ts';
import { type Plan, PlanChoice } from './plan-choice.tsx';
import { ownZone } from './time-field.tsx';
import { usePeopleFile } from './use-people-file.ts';

export type NewBatchProps = {
  account: AccountView;
  /** Everybody that the list of people showed; `words` are empty where it left nobody out. */
  matching: { params: string; people: number; words: string } | null;
  /** Whether the list of people has handed over who is ticked. */
  isTicked: boolean;
  prepareBatch: PrepareBatch;
};

/** The form for a batch: people, plan and reason. It leads to a preview, and is filled in again on the way back from it. */
export function NewBatch(props: NewBatchProps) {
  const kept = useKeptForm(previewIn(new URLSearchParams(useSearchParams())));
  return <Form key={kept?.batchId} {...props} kept={kept} />;
}

function Form({ account, matching, isTicked, prepareBatch, kept }: NewBatchProps & { kept: KeptForm | null }) {
  const router = useRouter();
  const query = useSearchParams().toString();
  const ticked = useChosenPeople(account.id);
  const [form, setForm] = useState<BatchForm>(
    kept?.form ?? {
      way: matching ? 'filter' : isTicked ? 'ticked' : 'list',
      list: '',
      plan: null,
      until: null,
      reason: '',
    },
  );
  const { way, list, plan, until, reason } = form;
  const file = usePeopleFile(account.id, fileOf(kept));
  const [complained, setComplained] = useState<Missing>({});
  const { asking, refused, ask } = useAsk();
  const listField = useRef<HTMLTextAreaElement>(null);
  const fileField = useRef<HTMLInputElement>(null);
  const plansField = useRef<HTMLFieldSetElement>(null);
  const reasonField = useRef<HTMLTextAreaElement>(null);
  const handedIn = way === 'file' ? file.handedIn : null;
  const missing = stillMissing(complained, missingIn(form, file, ticked !== null));

  function put(change: Partial<BatchForm>) {
    setForm((before) => ({ ...before, ...change }));
  }

  /** Where everybody gets one plan, the file is read without its plans, so that they keep no line from being used. */
  function choosePlan(next: Plan) {
    put({ plan: next });
    if (!file.handedIn) return;
    const { license, ...others } = file.handedIn.choices.columns ?? {};
    if (next !== 'file' && license !== null) file.correct({ columns: { ...others, ...withoutPlans.columns } });
    if (next === 'file' && license === null) file.correct({ columns: others });
  }

  function choosePlanColumn(column: number) {
    put({ plan: 'file' });
    file.correct({ columns: { ...file.handedIn?.choices.columns, license: column } });
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    const found = missingIn(form, file, ticked !== null);
    setComplained(found);
    if (found.who) (listField.current ?? fileField.current)?.focus();
    else if (found.plan) plansField.current?.querySelector('input')?.focus();
    else if (found.until) document.getElementById(durationId)?.focus();
    else if (found.reason) reasonField.current?.focus();
    else if (plan !== null) void ask('prepare', () => prepare(plan), open);
  }

  async function prepare(to: Plan) {
    const end = until === null ? undefined : { wall: until, zone: ownZone() };
    const wish = { to: to === 'file' ? null : to, reason: reason.trim(), until: end };
    if (!handedIn) return prepareBatch({ accountId: account.id, people: chosenPeople(), ...wish });
    const result = await handIn(account.id, handedIn.file, handedIn.choices, wish);
    if (!result.ok) return result;
    const { value } = result;
    if (value.state === 'prepared') return { ok: true, value } as const;
    const failure = { code: 'invalid', at: new Date().toISOString() } as const; // it is another file than a moment ago
    return { ok: false, failure } as const;
  }

  function chosenPeople(): Chosen {
    if (way === 'filter' && matching) {
      return matching.words === '' ? { kind: 'everybody' } : { kind: 'filter', params: matching.params };
    }
    if (way === 'ticked') return { kind: 'people', userIds: ticked ?? [] };
    return { kind: 'list', text: list };
  }

  function open({ batchId }: { batchId: string }) {
    keepForm(account.id, { batchId, query, form }, handedIn);
    awaitArrival();
    router.push(batchPath(account.id, batchId));
  }

  const ways: { way: Way; name: string }[] = [
    ...(matching
      ? [
          {
            way: 'filter' as const,
            name:
              matching.words === ''
                ? texts.newBatch.everybody(matching.people)
                : texts.newBatch.matching(matching.people, matching.words),
          },
        ]
      : []),
    ...(isTicked ? [{ way: 'ticked' as const, name: texts.newBatch.ticked(ticked?.length ?? 0) }] : []),
    { way: 'list', name: texts.newBatch.paste },
    { way: 'file', name: texts.newBatch.file },
  ];

  return (
    <form noValidate onSubmit={submit} className="max-w-190">
      <Group title={texts.newBatch.who}>
        {ways.map(({ way: one, name }) => (
          <Choice key={one} group="way" isOn={way === one} onChoose={() => put({ way: one })} name={name} />
        ))}
        {way === 'filter' && <p className="mt-1 text-small text-quiet">{texts.newBatch.matchingHelp}</p>}
        {way === 'list' && (
          <div className="mt-2">
            <label htmlFor="batch-list" className="block text-small text-quiet">
              {texts.newBatch.pasteLabel}
            </label>
            <textarea
              ref={listField}
              id="batch-list"
              rows={6}
              spellCheck={false}
              value={list}
              aria-invalid={missing.who !== undefined || undefined}
              aria-describedby="batch-list-help batch-who-missing"
              className={`${fieldLook} mt-1 font-mono text-small`}
              onChange={(event) => put({ list: event.currentTarget.value })}
            />
            <p id="batch-list-help" className="mt-1 text-small text-quiet">
              {texts.newBatch.pasteHelp}
            </p>
          </div>
        )}
        {way === 'file' && kept?.fileName && file.handedIn === fileOf(kept) && (
          <p className="mt-2">
            {file.handedIn ? texts.newBatch.fileKept(kept.fileName) : texts.newBatch.fileGone(kept.fileName)}
          </p>
        )}
        {way === 'file' ? (
          <FileChoice
            accountId={account.id}
            input={fileField}
            file={file}
            complaint={missing.who ?? null}
            onChoose={(chosen) => {
              file.choose(chosen, plan === null || plan === 'file' ? {} : withoutPlans);
              setComplained({});
              if (plan === 'file') put({ plan: null });
            }}
            onPlanColumn={(column) => {
              if (column !== null) put({ plan: 'file' });
              else if (plan === 'file') put({ plan: null });
            }}
          />
        ) : (
          <Complaint id="batch-who-missing" text={missing.who} />
        )}
        {!matching && !isTicked && (
          <p className="mt-3">
            <SoftLink href={`/accounts/${account.id}/users`} className="text-act">
              {texts.newBatch.toPeople}
            </SoftLink>
          </p>
        )}
      </Group>
      <Group title={texts.newBatch.plan} field={plansField} describedBy="batch-plan-missing">
        <PlanChoice
          plans={account.supportedLicenses}
          plan={plan}
          handedIn={handedIn}
          onPlan={choosePlan}
          onPlanColumn={choosePlanColumn}
        />
        <Complaint id="batch-plan-missing" text={missing.plan} />
      </Group>
      <Duration value={until} complaint={missing.until} onChange={(until) => put({ until })} />
      <div className="mt-6">
        <label htmlFor="batch-reason" className="block font-semibold">
          {texts.newBatch.reason}
        </label>
        <textarea
          ref={reasonField}
          id="batch-reason"
          rows={2}
          required
          value={reason}
          aria-invalid={missing.reason !== undefined || undefined}
          aria-describedby="batch-reason-help batch-reason-missing"
          className={`${fieldLook} mt-1`}
          onChange={(event) => put({ reason: event.currentTarget.value })}
        />
        <p id="batch-reason-help" className="mt-1 text-small text-quiet">
          {texts.newBatch.reasonHelp}
        </p>
        <Complaint id="batch-reason-missing" text={missing.reason} />
      </div>
      <div className="mt-6 flex flex-wrap items-center gap-4">
        <Button type="submit" look="loud" aria-disabled={asking !== null || undefined}>
          {asking === null ? texts.newBatch.preview : texts.newBatch.preparing}
        </Button>
        <SoftLink href={batchesPath(account.id)} className="text-act">
          {texts.batchPage.all}
        </SoftLink>
      </div>
      <RefusalNote code={refused} text={refused === 'invalid' ? texts.newBatch.nobodyChosen : undefined} />
    </form>
  );
}

const withoutPlans = { columns: { license: null } };

type GroupProps = {
  title: string;
  field?: RefObject<HTMLFieldSetElement | null>;
  describedBy?: string;
  children: ReactNode;
};

function Group({ title, field, describedBy, children }: GroupProps) {
  return (
    <fieldset ref={field} aria-describedby={describedBy} className="mt-6 min-w-0">
      <legend className="mb-1 font-semibold">{title}</legend>
      {children}
    </fieldset>
  );
}

function Complaint({ id, text }: { id: string; text: string | undefined }) {
  return (
    <p id={id} role="alert" className="text-bad">
      {text}
    </p>
  );
}
