'use client';

import { type FormEvent, type KeyboardEvent, useEffect, useRef } from 'react';
import type { Failure } from '@/lib/failures.ts';
import { isLicense, type License } from '@/lib/licenses/license.ts';
import { endings as texts } from '@/lib/texts/endings.ts';
import * as words from '@/lib/texts/words.ts';
import type { UserRow } from '@/lib/users/user.ts';
import { wallOf } from '@/lib/wall-clock.ts';
import { TextButton } from '../../ui/button.tsx';
import { usePageStore } from '../page-store-context.tsx';
import { ownZone } from './use-ending.ts';

type EndingFormProps = {
  ending: UserRow['ending'];
  name: string;
  license: string | null;
  /** The plan that is proposed for afterwards; the operator chooses where there is none. */
  to: string | null;
  isBusy: boolean;
  failure: Failure | 'no-answer' | null;
  onSave: (to: License, wall: string) => void;
  onClose: () => void;
};

const field =
  'h-8.5 max-w-full rounded-lg border border-line-strong bg-sheet px-2.5 text-ink pointer-coarse:h-11 pointer-coarse:text-larger';

/** Until when a person has their plan, and which plan comes after it: one that the account gives. */
export function EndingForm({ ending, name, license, to, isBusy, failure, onSave, onClose }: EndingFormProps) {
  const { supported } = usePageStore();
  const form = useRef<HTMLFormElement>(null);
  const now = Date.now();
  const planned = ending?.failure === null ? ending : null;
  const plans = supported.filter((plan) => plan !== license);
  const proposed = plans.find((plan) => plan === (planned?.to ?? to)) ?? (plans.length === 1 ? plans[0] : '');

  useEffect(() => {
    form.current?.scrollIntoView({ block: 'nearest' });
  }, []);

  function save(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const plan = form.get('to');
    if (isLicense(plan)) onSave(plan, String(form.get('until') ?? ''));
  }

  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault(); // a dialog around it stays open
    onClose();
  };

  return (
    <form ref={form} className="mt-1.5 flex w-full flex-wrap items-center gap-x-3 gap-y-1 text-small" onSubmit={save}>
      <label className="flex min-w-0 flex-wrap items-center gap-2">
        <span>
          {texts.only(words.plan(license))}
          <span className="sr-only"> {texts.forPerson(name)}</span>
        </span>
        <input
          // biome-ignore lint/a11y/noAutofocus: the operator has just asked for this field.
          autoFocus
          type="datetime-local"
          name="until"
          required
          min={wallOf(now, ownZone())}
          defaultValue={planned ? wallOf(Date.parse(planned.at), ownZone()) : tomorrowEvening(now)}
          className={field}
          onKeyDown={closeOnEscape}
        />
      </label>
      <label className="flex items-center gap-2">
        <span>
          {texts.afterwards}
          <span className="sr-only"> {texts.forPerson(name)}</span>
        </span>
        <select name="to" required defaultValue={proposed} className={field} onKeyDown={closeOnEscape}>
          {proposed === '' && <option value="">{texts.choosePlan}</option>}
          {plans.map((plan) => (
            <option key={plan} value={plan}>
              {words.plan(plan)}
            </option>
          ))}
        </select>
      </label>
      <TextButton type="submit" aria-disabled={isBusy}>
        {isBusy ? texts.saving : texts.save}
      </TextButton>
      <TextButton onClick={onClose}>{texts.cancel}</TextButton>
      {failure && (
        <p role="alert" className="basis-full text-bad">
          {texts.refused(failure === 'no-answer' ? null : failure)}
        </p>
      )}
    </form>
  );
}

/** Six in the evening of the next day, by this clock. */
const tomorrowEvening = (now: number) => `${wallOf(now + 86_400_000, ownZone()).slice(0, 11)}18:00`;
