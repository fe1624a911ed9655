'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { longestList } from '@/lib/lists/list.ts';
import type { UserFilter } from '@/lib/search/filter.ts';
import * as texts from '@/lib/texts/filters.ts';
import { keepPastedList } from '../../batches/form/kept-form.ts';
import { Button, TextButton } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { askServer } from '../data/ask-server.ts';
import type { Listing } from '../data/users-query.ts';
import { usePageStore } from '../page-store-context.tsx';
import { FilterLink } from './filter-link.tsx';
import { changed, type OnFilter, withoutFilters } from './narrowing.ts';
import { searchBoxId } from './search-box.tsx';

type FoundProps = { listing: Listing; onFilter: OnFilter };
type PastedListProps = FoundProps & { filter: UserFilter; pasted: string | null; onDone: () => void };

const toSearch = () => document.getElementById(searchBoxId)?.focus();

/** What became of a pasted list: who was found, who was not, or why it cannot be used. */
export default function PastedList({ pasted, filter, listing, onFilter, onDone }: PastedListProps) {
  if (pasted === null) return <Found listing={listing} onFilter={onFilter} />;
  return <LookUp key={pasted} pasted={pasted} filter={filter} onFilter={onFilter} onDone={onDone} />;
}

const maxNamed = 3;

function Found({ listing: { page, filter }, onFilter }: FoundProps) {
  const clear = (
    <FilterLink to={changed(filter, { list: null })} onFilter={onFilter} onClick={toSearch} className="text-act">
      {texts.pasted.clear}
    </FilterLink>
  );
  if (!page.list || page.list.asked === 0) {
    return (
      <p role="status" className="mb-3 flex flex-wrap items-center gap-x-4">
        {texts.pasted.gone} {clear}
      </p>
    );
  }
  const { asked, missing, unclear, unread } = page.list;
  const notFound = [...missing, ...unread];
  const named = missing.slice(0, maxNamed).join(', ');
  return (
    <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-1">
      <p role="status" className="dotted min-w-0 break-words">
        <span className="font-semibold">
          {texts.pasted.found(asked - missing.length - unclear.length, asked + unread.length)}
        </span>
        {missing.length > 0 && (
          <span className="text-wait">
            {texts.pasted.missing(missing.length)}: {named}
            {missing.length > maxNamed && ` ${texts.pasted.more(missing.length - maxNamed)}`}
          </span>
        )}
      </p>
      <span className="flex flex-wrap gap-x-4">
        {notFound.length > 0 && (
          <CopyButton text={notFound.join('\n')} label={texts.pasted.copyMissing} doneLabel={texts.pasted.copied} />
        )}
        {clear}
      </span>
      {unclear.length > 0 && (
        <details className="basis-full">
          <summary className="text-wait">{texts.pasted.unclear(unclear.length)}</summary>
          <ul className="mt-1 grid gap-1 break-words">
            {unclear.map(({ entry, candidates }) => (
              <li key={entry}>{texts.pasted.mayBe(entry, candidates)}</li>
            ))}
          </ul>
        </details>
      )}
      {unread.length > 0 && (
        <details className="basis-full">
          <summary className="text-wait">{texts.pasted.unread(unread.length)}</summary>
          <p className="mt-1 break-words whitespace-pre-line">{unread.join('\n')}</p>
        </details>
      )}
    </div>
  );
}

type LookUpProps = { pasted: string } & Pick<PastedListProps, 'filter' | 'onFilter' | 'onDone'>;

/** Hands the list to our server, which keeps it under an ID that the address can hold; a refused list can be shortened here. */
function LookUp({ pasted, filter, onFilter, onDone }: LookUpProps) {
  const store = usePageStore();
  const { accountId, actions, chooses } = store;
  const router = useRouter();
  const [text, setText] = useState(pasted);
  const [state, setState] = useState<'looking' | 'refused' | 'failed'>('looking');

  async function look() {
    if (text.length > longestList) return setState('refused');
    setState('looking');
    const result = await askServer(store, actions.keepList({ accountId, text }));
    if (!result.ok) return setState(result.failure?.code === 'invalid' ? 'refused' : 'failed');
    onFilter(changed(withoutFilters(filter), { search: '', list: result.value.id }), 'push');
    onDone();
  }

  function goToBatch() {
    const address = keepPastedList(accountId, text);
    if (address === null) return setState('failed');
    router.push(address);
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: a paste is looked up once by itself; after that when told to.
  useEffect(() => void look(), []);

  if (state === 'looking') {
    return (
      <p role="status" className="mb-3 text-quiet">
        {texts.pasted.looking}
      </p>
    );
  }
  return (
    <div className="mb-3 rounded-xl border border-wait/40 bg-wait-soft px-4 py-3 text-wait">
      <p role="alert">{state === 'refused' ? texts.pasted.refused : texts.pasted.failed}</p>
      <textarea
        aria-label={texts.pasted.label}
        rows={5}
        spellCheck={false}
        value={text}
        className="mt-2 block w-full rounded-lg border border-line-strong bg-sheet px-3 py-2 font-mono text-small text-ink"
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <p className="mt-2.5 flex flex-wrap gap-2.5">
        <Button className="text-ink" onClick={look}>
          {texts.pasted.again}
        </Button>
        {state === 'refused' && chooses && (
          <Button className="text-ink" onClick={goToBatch}>
            {texts.pasted.inBatch}
          </Button>
        )}
        <TextButton
          onClick={() => {
            toSearch();
            onDone();
          }}
        >
          {texts.pasted.forget}
        </TextButton>
      </p>
    </div>
  );
}
