'use client';

import { useState } from 'react';
import * as texts from '@/lib/texts/changes.ts';
import { endings as endingTexts } from '@/lib/texts/endings.ts';
import { when } from '@/lib/texts/formats.ts';
import * as words from '@/lib/texts/words.ts';
import { nameOf, type UserRow } from '@/lib/users/user.ts';
import { TextButton } from '../../ui/button.tsx';
import { usePageStore } from '../page-store-context.tsx';
import { EndingForm } from './ending-form.tsx';
import { NoteForm } from './note-form.tsx';
import { useEnding } from './use-ending.ts';

type PersonActsProps = {
  user: UserRow;
  name: string;
  license: string | null;
  canNote: boolean;
  canChange: boolean;
  onDone: () => void;
};

/** Who the person is and what plan they have, and what can be done about them at any time: a note, an end date. */
export function PersonActs({ user, name, license, canNote, canChange, onDone }: PersonActsProps) {
  const { supported, ask } = usePageStore();
  const [open, setOpen] = useState<'note' | 'ending' | null>(null);
  const [said, setSaid] = useState('');
  const [isMadePermanent, setMadePermanent] = useState(false);
  const { send, isBusy, failure } = useEnding(user.id, name, license);
  const { ending } = user;
  const planned = ending?.failure === null ? ending : null;
  const hasAnotherPlan = supported.some((plan) => plan !== license);

  function finish(text: string) {
    setOpen(null);
    setSaid(text);
    onDone();
  }

  function noted(note: string | null) {
    if (note === null) return setOpen(null);
    finish(texts.note.saved(note));
    ask((engine) => engine.announcer.sayText(texts.note.saved(note)));
  }

  async function makePermanent() {
    setMadePermanent(true);
    if (await send({ do: 'remove' })) finish(endingTexts.madePermanent(name, words.plan(license)));
  }

  return (
    <div className="-mx-5 mb-1 border-b border-line px-5 pb-3 text-small leading-4.5">
      <WhoAndPlan user={user} license={license} planned={planned} />
      {open === 'note' && <NoteForm about={{ userId: user.id }} name={name} onDone={noted} />}
      {open === 'ending' && (
        <EndingForm
          ending={ending}
          name={name}
          license={license}
          to={null}
          isBusy={isBusy}
          failure={failure}
          onSave={async (to, wall) => {
            if (await send({ do: 'set', to, wall })) finish(endingTexts.saved(name));
          }}
          onClose={() => setOpen(null)}
        />
      )}
      {open === null && (
        <div className="mt-1 flex flex-wrap gap-x-4">
          {canNote && <TextButton onClick={() => setOpen('note')}>{texts.button.note}</TextButton>}
          {canChange && license !== null && hasAnotherPlan && (
            <TextButton
              onClick={() => {
                setMadePermanent(false);
                setOpen('ending');
              }}
            >
              {planned ? endingTexts.change : texts.button.until}
            </TextButton>
          )}
          {canChange && planned && (
            <TextButton aria-disabled={isBusy} onClick={() => void makePermanent()}>
              {endingTexts.permanent}
            </TextButton>
          )}
        </div>
      )}
      {isMadePermanent && failure && (
        <p role="alert" className="mt-1 text-bad">
          {endingTexts.refused(failure === 'no-answer' ? null : failure)}
        </p>
      )}
      <p role="status" className="mt-1 break-words text-good empty:hidden">
        {said}
      </p>
    </div>
  );
}

type WhoAndPlanProps = { user: UserRow; license: string | null; planned: UserRow['ending'] };

function WhoAndPlan({ user, license, planned }: WhoAndPlanProps) {
  return (
    <>
      <p className="break-words text-quiet select-text">
        {user.email && user.email !== nameOf(user) ? user.email : user.id}
      </p>
      <p className="mt-1">
        <span className="font-semibold">{words.plan(license)}</span>
        {planned && (
          <span className="text-quiet"> {endingTexts.until(when.soon(planned.at), words.plan(planned.to))}</span>
        )}
      </p>
    </>
  );
}
