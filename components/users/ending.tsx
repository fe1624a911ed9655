'use client';

import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState, useSyncExternalStore } from 'react';
import type { Failure } from '@/lib/failures.ts';
import type { Result } from '@/lib/result.ts';
import * as texts from '@/lib/texts/endings.ts';
import * as words from '@/lib/texts/words.ts';
import type { UserRow } from '@/lib/users/user.ts';
import { wallOf } from '@/lib/wall-clock.ts';
import { TextButton } from '../ui/button.tsx';
import { createCell } from '../ui/cell.ts';
import { Icon } from '../ui/icon.tsx';
import { useDesk } from './desk-context.tsx';
import { planControlId } from './open-list.ts';
import { usersKey } from './users-query.ts';

/** At whom the end of a plan is being chosen. */
export const chosenEnding = createCell<string | null>(null);

type EndingProps = { user: UserRow; name: string; license: string | null; canChange: boolean };

/** That the plan is for a time, until when, and what comes after; where it is asked for, the choice of the end. */
export default function Ending({ user, name, license, canChange }: EndingProps) {
  const isOpen = useSyncExternalStore(chosenEnding.subscribe, () => chosenEnding.get() === user.id);
  const { keep, isBusy, failure } = useKeeping(user.id, name, license);
  const { ending } = user;
  if (isOpen && canChange) {
    return <EndingForm user={user} name={name} license={license} isBusy={isBusy} failure={failure} onKeep={keep} />;
  }
  if (!ending) return null;
  const text = texts.until(words.when.soon(ending.at), words.plan(ending.to));
  return (
    <div className="mt-1 flex w-full flex-wrap items-center gap-x-3 gap-y-0.5 text-small leading-4.5 text-quiet">
      <span className="flex items-center gap-1.5" title={words.when.exact(ending.at)}>
        <Icon name="clock" size={14} />
        <span>
          <span className="sr-only">{texts.planOf(name)} </span>
          {text}
        </span>
      </span>
      {canChange && (
        <>
          <TextButton aria-label={texts.changeOf(name)} onClick={() => chosenEnding.set(user.id)}>
            {texts.change}
          </TextButton>
          <TextButton aria-label={texts.permanentOf(name)} aria-disabled={isBusy} onClick={() => void keep(null)}>
            {texts.permanent}
          </TextButton>
        </>
      )}
      {failure && (
        <p role="alert" className="basis-full text-bad">
          {texts.refused(failure === 'no-answer' ? null : failure)}
        </p>
      )}
    </div>
  );
}

/** Asks our server for an end, or for none; then the list is read again. */
function useKeeping(userId: string, name: string, license: string | null) {
  const { accountId, actions, ask } = useDesk();
  const client = useQueryClient();
  const isAsking = useRef(false);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | 'no-answer' | null>(null);

  async function keep(wall: string | null) {
    if (isAsking.current) return; // a second Enter comes before the state is drawn
    isAsking.current = true;
    setBusy(true);
    setFailure(null);
    const zone = ownZone();
    const result: Result<null> | undefined = await (wall === null
      ? actions.removeEnding({ accountId, userId })
      : actions.setEnding({ accountId, userId, until: { wall, zone } })
    ).catch(() => undefined);
    isAsking.current = false;
    setBusy(false);
    if (!result) return setFailure('no-answer');
    if (!result.ok) {
      const { failure } = result;
      ask((bench) => bench.tellSite({ type: 'refused', failure }));
      return setFailure(failure);
    }
    const said = wall === null ? texts.madePermanent(name, words.plan(license)) : texts.saved(name);
    ask((bench) => bench.voice.tell(said));
    chosenEnding.set(null);
    document.getElementById(planControlId(userId))?.focus();
    await client.invalidateQueries({ queryKey: usersKey(accountId) });
  }

  return { keep, isBusy, failure };
}

const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

type EndingFormProps = Omit<EndingProps, 'canChange'> & {
  isBusy: boolean;
  failure: Failure | 'no-answer' | null;
  onKeep: (wall: string) => Promise<void>;
};

function EndingForm({ user, name, license, isBusy, failure, onKeep }: EndingFormProps) {
  const now = Date.now();
  const start = user.ending ? wallOf(Date.parse(user.ending.at), ownZone()) : tomorrowEvening(now);

  function save(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    void onKeep(String(new FormData(event.currentTarget).get('until') ?? ''));
  }

  function close() {
    chosenEnding.set(null);
    document.getElementById(planControlId(user.id))?.focus();
  }

  return (
    <form className="mt-1.5 flex w-full flex-wrap items-center gap-x-3 gap-y-1 text-small" onSubmit={save}>
      <label className="flex flex-wrap items-center gap-2">
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
          defaultValue={start}
          className="h-8.5 rounded-lg border border-line-strong bg-sheet px-2.5 text-ink pointer-coarse:h-11 pointer-coarse:text-larger"
          onKeyDown={(event) => event.key === 'Escape' && close()}
        />
      </label>
      <TextButton type="submit" aria-disabled={isBusy}>
        {isBusy ? texts.saving : texts.save}
      </TextButton>
      <TextButton onClick={close}>{texts.cancel}</TextButton>
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
