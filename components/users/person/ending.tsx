'use client';

import { useSyncExternalStore } from 'react';
import type { FailureCode } from '@/lib/failures.ts';
import type { EndingView } from '@/lib/licenses/ending.ts';
import { endings as texts } from '@/lib/texts/endings.ts';
import { reasons } from '@/lib/texts/failures.ts';
import { when } from '@/lib/texts/formats.ts';
import { unmarked } from '@/lib/texts/marks.ts';
import * as words from '@/lib/texts/words.ts';
import type { UserRow } from '@/lib/users/user.ts';
import { TextButton } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Marked } from '../../ui/marked.tsx';
import { planControlId } from '../change/open-list.ts';
import { EndingForm } from './ending-form.tsx';
import { chosenEnding, type EndingAsk, useEnding } from './use-ending.ts';

type EndingProps = { user: UserRow; name: string; license: string | null; canChange: boolean };

/**
 * That the plan is temporary, until when, and what comes after, or that it did not end then; where it is asked for, the
 * choice of the end.
 */
export default function Ending({ user, name, license, canChange }: EndingProps) {
  const chosen = useSyncExternalStore(chosenEnding.subscribe, () => {
    const at = chosenEnding.get();
    return at?.userId === user.id ? at : null;
  });
  const { send, isBusy, failure } = useEnding(user.id, name, license);
  const { ending } = user;

  const toPlan = () => document.getElementById(planControlId(user.id))?.focus();

  async function ask(wish: EndingAsk) {
    if (!(await send(wish))) return;
    chosenEnding.set(null);
    toPlan();
  }

  if (chosen && canChange) {
    return (
      <EndingForm
        ending={ending}
        name={name}
        license={license}
        to={chosen.to}
        isBusy={isBusy}
        failure={failure}
        onSave={(to, wall) => void ask({ do: 'set', to, wall })}
        onClose={() => {
          chosenEnding.set(null);
          toPlan();
        }}
      />
    );
  }
  if (!ending || license !== user.license) return null; // another plan since: the end is removed, or not read yet
  const refused = failure && texts.refused(failure === 'no-answer' ? null : failure);
  const shown = { user, name, license, canChange, isBusy, refused, ask: (wish: EndingAsk) => void ask(wish) };
  return ending.failure === null ? (
    <Planned {...shown} ending={ending} />
  ) : (
    <NotEnded {...shown} ending={ending} code={ending.failure} />
  );
}

type ShownProps = EndingProps & {
  ending: EndingView;
  isBusy: boolean;
  refused: string | null;
  ask: (wish: EndingAsk) => void;
};

/** The end has come, and the person still has the plan: both ways out. */
function NotEnded({
  ending,
  code,
  user,
  name,
  license,
  canChange,
  isBusy,
  refused,
  ask,
}: ShownProps & { code: FailureCode }) {
  const facts = {
    name: unmarked(name),
    to: words.plan(ending.to),
    at: when.soon(ending.at),
    because: reasons[code],
    now: words.plan(license),
  };
  return (
    <div className="mt-1.5 flex w-full max-w-[58ch] items-start gap-2 rounded-lg bg-bad-soft px-3 py-2 text-small leading-4.5 text-bad">
      <span className="mt-px">
        <Icon name="warning" />
      </span>
      <div className="min-w-0 flex-1">
        <Marked text={texts.notEnded(facts)} />
        {canChange && (
          <div className="mt-0.5 flex flex-wrap gap-x-4">
            <TextButton onClick={() => document.getElementById(planControlId(user.id))?.click()}>
              {texts.chooseAnother}
            </TextButton>
            <TextButton aria-disabled={isBusy} onClick={() => ask({ do: 'keep' })}>
              {texts.keep(words.plan(license))}
            </TextButton>
          </div>
        )}
        <Refused text={refused} />
      </div>
    </div>
  );
}

/** Until when, and what comes after. */
function Planned({ ending, user, name, canChange, isBusy, refused, ask }: ShownProps) {
  return (
    <div className="mt-1 flex w-full flex-wrap items-center gap-x-3 gap-y-0.5 text-small leading-4.5 text-quiet">
      <span className="flex items-center gap-1.5" title={when.exact(ending.at)}>
        <Icon name="clock" size={14} />
        <span>
          <span className="sr-only">{texts.planOf(name)} </span>
          {texts.until(when.soon(ending.at), words.plan(ending.to))}
        </span>
      </span>
      {canChange && (
        <>
          <TextButton aria-label={texts.changeOf(name)} onClick={() => chosenEnding.set({ userId: user.id, to: null })}>
            {texts.change}
          </TextButton>
          <TextButton aria-label={texts.permanentOf(name)} aria-disabled={isBusy} onClick={() => ask({ do: 'remove' })}>
            {texts.permanent}
          </TextButton>
        </>
      )}
      <Refused text={refused} />
    </div>
  );
}

const Refused = ({ text }: { text: string | null }) =>
  text && (
    <p role="alert" className="basis-full text-bad">
      {text}
    </p>
  );
