'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, type ReactNode, type RefObject, useRef, useState } from 'react';
import type { AccountView } from '@/lib/accounts/account.ts';
import { longestDays } from '@/lib/endings/ending.ts';
import { longestReason, mostRows } from '@/lib/files/file.ts';
import type { License } from '@/lib/licenses/license.ts';
import { longestList } from '@/lib/lists/list.ts';
import * as texts from '@/lib/texts/batches.ts';
import { planHelp } from '@/lib/texts/changes.ts';
import { plan as planName } from '@/lib/texts/words.ts';
import { momentAt } from '@/lib/wall-clock.ts';
import { Button } from '../ui/button.tsx';
import { SoftLink } from '../ui/soft-link.tsx';
import type { Chosen, PrepareBatch } from './actions.ts';
import { batchesPath, batchPath } from './addresses.ts';
import { awaitArrival } from './arrival.ts';
import { Choice } from './choice.tsx';
import { useChosenPeople } from './chosen-people.ts';
import { Duration, durationId } from './duration.tsx';
import { fieldLook } from './field-look.ts';
import { FileChoice, type HandedIn } from './file-choice.tsx';
import { handIn } from './hand-in.ts';
import { RefusalNote } from './refusal-note.tsx';
import { ownZone } from './time-field.tsx';
import { useAsk } from './use-ask.ts';

export type NewBatchProps = {
  account: AccountView;
  /** Everybody whom the list of people showed; `words` are empty where it left nobody out. */
  matching: { params: string; people: number; words: string } | null;
  /** Whether the list of people has handed over who is ticked. */
  isTicked: boolean;
  prepareBatch: PrepareBatch;
};

type Way = 'filter' | 'ticked' | 'list' | 'file';
type Plan = License | 'file';
type Missing = { who?: string; plan?: string; until?: string; reason?: string };

/** Whom to change, to what, and why: leads to a preview. */
export function NewBatch({ account, matching, isTicked, prepareBatch }: NewBatchProps) {
  const router = useRouter();
  const ticked = useChosenPeople(account.id);
  const [way, setWay] = useState<Way>(matching ? 'filter' : isTicked ? 'ticked' : 'list');
  const [list, setList] = useState('');
  const [file, setFile] = useState<HandedIn | null>(null);
  const [plan, setPlan] = useState<Plan | null>(null);
  const [until, setUntil] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState<Missing>({});
  const { asking, refused, ask } = useAsk();
  const listField = useRef<HTMLTextAreaElement>(null);
  const fileField = useRef<HTMLInputElement>(null);
  const plansField = useRef<HTMLFieldSetElement>(null);
  const reasonField = useRef<HTMLTextAreaElement>(null);
  const namesPlans = way === 'file' && file?.understood.columns.license !== undefined;
  const to = plan === 'file' && !namesPlans ? null : plan;

  function whoIsMissing(): string | undefined {
    if (way === 'list' && list.trim() === '') return texts.newBatch.missing.people;
    if (way === 'list' && list.length > longestList) return texts.newBatch.tooLong(mostRows);
    if (way === 'file' && !file) return texts.newBatch.missing.file;
    if (way === 'file' && file?.understood.people === 0) return texts.newBatch.missing.noPeople;
    if (way === 'ticked' && !ticked) return texts.newBatch.tickedGone;
    return undefined;
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    const length = reason.trim().length;
    const found: Missing = {
      who: whoIsMissing(),
      plan: to === null ? texts.newBatch.missing.plan : undefined,
      until: until === null ? undefined : badEnd(until),
      reason:
        length === 0
          ? texts.newBatch.missing.reason
          : length > longestReason
            ? texts.newBatch.reasonTooLong(longestReason)
            : undefined,
    };
    setMissing(found);
    if (found.who) (listField.current ?? fileField.current)?.focus();
    else if (found.plan) plansField.current?.querySelector('input')?.focus();
    else if (found.until) document.getElementById(durationId)?.focus();
    else if (found.reason) reasonField.current?.focus();
    else if (to !== null) void ask('prepare', () => prepare(to), open);
  }

  async function prepare(to: Plan) {
    const end = until === null ? undefined : { wall: until, zone: ownZone() };
    const wish = { to: to === 'file' ? null : to, reason: reason.trim(), until: end };
    if (way !== 'file' || !file) return prepareBatch({ accountId: account.id, people: chosenPeople(), ...wish });
    const result = await handIn(account.id, file.file, file.columns, wish);
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
    <form noValidate onSubmit={submit} className="max-w-[760px]">
      <Group title={texts.newBatch.who}>
        {ways.map(({ way: one, name }) => (
          <Choice key={one} group="way" isOn={way === one} onChoose={() => setWay(one)} name={name} />
        ))}
        {way === 'filter' && <p className="mt-1 text-[13px] text-quiet">{texts.newBatch.matchingHelp}</p>}
        {way === 'list' && (
          <div className="mt-2">
            <label htmlFor="batch-list" className="block text-[13px] text-quiet">
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
              className={`${fieldLook} mt-1 font-mono text-[13px]`}
              onChange={(event) => setList(event.currentTarget.value)}
            />
            <p id="batch-list-help" className="mt-1 text-[13px] text-quiet">
              {texts.newBatch.pasteHelp}
            </p>
          </div>
        )}
        {way === 'file' ? (
          <FileChoice
            accountId={account.id}
            input={fileField}
            chosen={file}
            complaint={missing.who ?? null}
            onChoose={(chosen) => {
              setFile(chosen);
              setMissing({});
              if (chosen?.understood.columns.license !== undefined) setPlan((before) => before ?? 'file');
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
        {namesPlans && (
          <Choice
            group="plan"
            isOn={plan === 'file'}
            onChoose={() => setPlan('file')}
            name={texts.newBatch.fromFile}
            help={texts.newBatch.fromFileHelp}
          />
        )}
        {account.supportedLicenses.map((license) => (
          <Choice
            key={license}
            group="plan"
            isOn={plan === license}
            onChoose={() => setPlan(license)}
            name={planName(license)}
            help={planHelp[license]}
          />
        ))}
        {namesPlans && plan !== 'file' && <p className="mt-1 text-[13px] text-quiet">{texts.newBatch.fileWins}</p>}
        <Complaint id="batch-plan-missing" text={missing.plan} />
      </Group>
      <Duration value={until} complaint={missing.until} onChange={setUntil} />
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
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <p id="batch-reason-help" className="mt-1 text-[13px] text-quiet">
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
      <RefusalNote code={refused} text={refused === 'invalid' ? texts.nobodyChosen : undefined} />
    </form>
  );
}

/** What is wrong with an end as typed, if anything is. */
function badEnd(typed: string): string | undefined {
  const end = momentAt(typed, ownZone())?.getTime();
  if (end === undefined) return typed === '' ? texts.duration.missing : texts.duration.noSuchTime;
  if (end <= Date.now()) return texts.duration.passed;
  return end > Date.now() + longestDays * 86_400_000 ? texts.duration.tooFar : undefined;
}

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
