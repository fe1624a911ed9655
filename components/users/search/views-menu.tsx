'use client';

import { type FormEvent, useState } from 'react';
import { filterFromParams, paramsFromFilter, type UserFilter } from '@/lib/search/filter.ts';
import * as texts from '@/lib/texts/filters.ts';
import { maxViews, type View, viewNameFrom } from '@/lib/views/view.ts';
import { Button } from '../../ui/button.tsx';
import { FieldLabel } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { askServer } from '../data/ask-server.ts';
import { usePageStore } from '../page-store-context.tsx';
import { FilterLink } from './filter-link.tsx';
import { Drop } from './filter-menus.tsx';
import type { OnFilter } from './narrowing.ts';

type ViewsMenuProps = { filter: UserFilter; initialViews: View[]; onFilter: OnFilter };

/** The operator's own views of this account: open one, keep the present one, remove one. */
export function ViewsMenu({ filter, initialViews, onFilter }: ViewsMenuProps) {
  const [views, setViews] = useState(initialViews);
  return (
    <Drop label={texts.views.title}>
      <div className="w-[min(20rem,calc(100vw-2rem))] p-1.5">
        <ViewList views={views} filter={filter} onFilter={onFilter} onViews={setViews} />
      </div>
    </Drop>
  );
}

type ViewListProps = {
  views: View[];
  filter: UserFilter;
  onFilter: OnFilter;
  onViews: (views: View[]) => void;
};

const nameBox = 'view-name';

type SavingState = { is: 'saving' } | { is: 'told' | 'refused'; words: string } | null;

function ViewList({ views, filter, onFilter, onViews }: ViewListProps) {
  const store = usePageStore();
  const { accountId, actions } = store;
  const [text, setText] = useState('');
  const [state, setState] = useState<SavingState>(null);
  const params = paramsFromFilter({ ...filter, cursor: undefined });
  const name = viewNameFrom(text);
  const replaced = views.find((view) => view.name === name);
  const isFull = views.length >= maxViews && !replaced;

  /** Says what came of it where it was asked for. */
  async function act(run: () => ReturnType<typeof actions.saveView>, done: string, failed: string): Promise<boolean> {
    setState({ is: 'saving' });
    const result = await askServer(store, run());
    if (result.ok) onViews(result.value);
    setState(result.ok ? { is: 'told', words: done } : { is: 'refused', words: failed });
    return result.ok;
  }

  async function save(event: FormEvent) {
    event.preventDefault();
    if (state?.is === 'saving') return;
    if (name === null) return setState({ is: 'refused', words: texts.views.badName });
    if (isFull) return setState({ is: 'refused', words: texts.views.full });
    const isSaved = await act(
      () => actions.saveView({ accountId, name, params }),
      texts.views.saved(name),
      texts.views.failed,
    );
    if (isSaved) setText('');
  }

  async function remove(view: View) {
    document.getElementById(nameBox)?.focus(); // its own button is gone afterwards
    await act(
      () => actions.removeView({ accountId, name: view.name }),
      texts.views.removed(view.name),
      texts.views.removeFailed,
    );
  }

  return (
    <>
      {views.length === 0 ? (
        <p className="px-1 text-quiet">
          {texts.views.none} {texts.views.help}
        </p>
      ) : (
        <SavedViews views={views} params={params} onFilter={onFilter} onRemove={remove} />
      )}
      <NameForm
        text={text}
        onText={(typed) => {
          setText(typed);
          setState(null);
        }}
        state={state}
        replaces={replaced?.name}
        onSave={save}
      />
    </>
  );
}

type SavedViewsProps = { views: View[]; params: string; onFilter: OnFilter; onRemove: (view: View) => void };

/** `params`: those of the list as it is shown, which marks its view. */
function SavedViews({ views, params, onFilter, onRemove }: SavedViewsProps) {
  return (
    <ul>
      {views.map((view) => (
        <li key={view.name} className="flex items-center rounded-lg hover:bg-hover">
          <FilterLink
            to={filterFromParams(new URLSearchParams(view.params))}
            onFilter={onFilter}
            aria-current={view.params === params || undefined}
            className="flex min-h-9 min-w-0 flex-1 items-center rounded-lg px-2.5 break-words aria-[current]:font-semibold aria-[current]:text-bell pointer-coarse:min-h-11"
            onClick={(event) => closest(event.currentTarget)?.hidePopover()}
          >
            <span className="min-w-0 break-words">{view.name}</span>
          </FilterLink>
          <button
            type="button"
            aria-label={texts.views.remove(view.name)}
            className="grid size-8 shrink-0 place-items-center rounded-lg text-quiet hover:text-ink pointer-coarse:size-11"
            onClick={() => onRemove(view)}
          >
            <Icon name="cross" size={14} />
          </button>
        </li>
      ))}
    </ul>
  );
}

type NameFormProps = {
  text: string;
  onText: (text: string) => void;
  state: SavingState;
  /** The view of this name that would be replaced. */
  replaces: string | undefined;
  onSave: (event: FormEvent) => void;
};

/** The name under which the list as it is shown is kept, and what came of it. */
function NameForm({ text, onText, state, replaces, onSave }: NameFormProps) {
  return (
    <form onSubmit={onSave} className="mt-2 border-t border-line px-1 pt-2.5">
      <FieldLabel htmlFor={nameBox}>{texts.views.name}</FieldLabel>
      <span className="mt-1 flex gap-2">
        <input
          id={nameBox}
          value={text}
          autoComplete="off"
          maxLength={200}
          aria-invalid={state?.is === 'refused' || undefined}
          aria-describedby="view-word"
          className="h-8.5 min-w-0 flex-1 rounded-lg border border-line-strong bg-sheet px-2.5 pointer-coarse:h-11"
          onChange={(event) => onText(event.currentTarget.value)}
        />
        <Button type="submit" aria-disabled={state?.is === 'saving' || undefined}>
          {state?.is === 'saving' ? texts.views.saving : texts.views.save}
        </Button>
      </span>
      <p
        id="view-word"
        role="status"
        className={`mt-1 min-h-4.5 text-small leading-4.5 break-words ${state?.is === 'refused' ? 'text-bad' : 'text-quiet'}`}
      >
        {state && state.is !== 'saving' && state.words}
        {!state && replaces !== undefined && texts.views.replaces(replaces)}
      </p>
    </form>
  );
}

const closest = (element: Element) => element.closest<HTMLElement>('[popover]');
