'use client';

import type { ReactNode } from 'react';
import * as texts from '@/lib/texts/changes.ts';
import * as words from '@/lib/texts/words.ts';
import { TextButton } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { choiceOf } from '../change/attempt-facts.ts';
import { planControlId } from '../change/open-list.ts';
import { SignInLink } from '../notices/sign-in-link.tsx';
import { useEngine } from '../page-store-context.tsx';
import { chosenEnding } from '../person/use-ending.ts';
import { detailsAsText, detailsOf } from './details.tsx';
import type { Act } from './message-parts.ts';
import type { RowMessageProps } from './row-message-props.ts';

type ActButtonProps = Omit<RowMessageProps, 'id' | 'message' | 'onNoting' | 'noting'> & {
  act: Act;
  isDetailed: boolean;
  onDetails: () => void;
  onNote: () => void;
};

/** Something that can be done about a change, at the message about it. */
export function ActButton(props: ActButtonProps): ReactNode {
  const { act, userId, name, known, attempt, isDetailed, onDetails, onNote } = props;
  const engine = useEngine();
  const choice = choiceOf(attempt);
  const to = words.plan(choice?.to ?? null);
  const failure = detailsOf(attempt);
  const late = attempt.stage.is === 'late' ? attempt.stage.late : null;

  /** The button may be gone after it has worked: the focus goes back to the person's plan first. */
  const button = (label: string, run: () => void) => (
    <TextButton
      onClick={() => {
        document.getElementById(planControlId(userId))?.focus();
        run();
      }}
    >
      {label}
    </TextButton>
  );

  switch (act) {
    case 'undo':
      return button(texts.button.undo, () => engine.undo(userId));
    case 'check':
      return button(texts.button.check, () => void engine.check(userId));
    case 'cancel':
      return button(texts.button.cancel, () => void engine.cancel(userId));
    case 'choose':
      return button(texts.button.choose, () => document.getElementById(planControlId(userId))?.click());
    case 'again':
      return button(texts.button.again, () => engine.again(userId, known));
    case 'save':
      return button(texts.button.save, () => engine.again(userId, known));
    case 'change':
      return button(choice?.undoes ? texts.button.set(to) : texts.button.change(to), () => engine.again(userId, known));
    case 'keep':
      return button(texts.button.keep(words.plan(known)), () => engine.dismiss(userId));
    case 'set-back':
      return button(texts.button.setBack(words.plan(late?.from ?? null)), () => engine.setBack(userId, known));
    case 'leave':
      return button(texts.button.keep(words.plan(known)), () => void engine.leave(userId, known));
    case 'forget':
      return button(texts.button.forget, () => engine.dismiss(userId));
    case 'look':
      return button(texts.button.look, () => void engine.look(userId, true));
    case 'hide':
      return button(texts.button.hide, () => engine.hide(userId));
    case 'sign-in':
      return <SignInLink />;
    case 'reload':
      return button(texts.button.reload, () => location.reload());
    case 'copy':
      return (
        failure && (
          <CopyButton
            text={detailsAsText(name, failure)}
            label={texts.button.copyDetails}
            doneLabel={words.common.copied}
          />
        )
      );
    case 'until':
      return (
        <TextButton onClick={() => chosenEnding.set({ userId, to: choice?.from ?? null })}>
          {texts.button.until}
        </TextButton>
      );
    case 'note':
      return <TextButton onClick={onNote}>{texts.button.note}</TextButton>;
    case 'details':
      return (
        <TextButton aria-expanded={isDetailed} aria-controls={`details-${userId}`} onClick={onDetails}>
          {texts.button.details}
        </TextButton>
      );
  }
}
