'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type RefObject, useState } from 'react';
import { type BatchView, type ItemView, isAtWork } from '@/lib/batches/batch.ts';
import * as texts from '@/lib/texts/batches.ts';
import { common } from '@/lib/texts/words.ts';
import { Button, TextButton } from '../../ui/button.tsx';
import { TableCard } from '../../ui/card.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Pager } from '../../ui/pager.tsx';
import { readJson } from '../read.ts';
import { EditBar, type Editing, useFocusAfterEdits, useTicks } from './edits.tsx';
import { PeopleSearch } from './people-search.tsx';
import { PeopleTable } from './people-table.tsx';
import type { Shown } from './shown.ts';

type Page = { items: ItemView[]; next: number | null };
type PeoplePagesProps = {
  address: string;
  accountId: string;
  batch: BatchView;
  /** What the people shown are called together. */
  name: string;
  shown: Shown;
  heading: RefObject<HTMLHeadingElement | null>;
  editing: Editing | null;
  hasSearch: boolean;
};

/** The people of one group of a batch, a page at a time. */
export function PeoplePages({ address, accountId, batch, name, shown, heading, editing, hasSearch }: PeoplePagesProps) {
  const [before, setBefore] = useState<number[]>([]);
  const [search, setSearch] = useState('');
  const after = before.at(-1) ?? 0;
  const { data, isError, refetch } = useQuery({
    // A correction changes the numbers of the groups or the fingerprint.
    queryKey: [address, search, after, isAtWork(batch.state) ? 'at work' : batch.state, batch.fingerprint, batch.parts],
    queryFn: ({ signal }) => readJson<Page>(`${address}&after=${after}&search=${encodeURIComponent(search)}`, signal),
    refetchInterval: batch.state === 'running' ? 3_000 : false,
    placeholderData: keepPreviousData,
    gcTime: 0,
    retry: 1,
    networkMode: 'always',
  });
  const ticks = useTicks(editing);
  useFocusAfterEdits(editing, heading);
  if (!data) {
    return isError ? (
      <p className="mt-3 flex flex-wrap gap-x-4">
        {texts.batchPeople.failedToLoad} <TextButton onClick={() => refetch()}>{common.retry}</TextButton>
      </p>
    ) : (
      <p className="mt-3 text-quiet">{texts.batchPeople.loading}</p>
    );
  }
  const { items: fresh, next } = data;
  const items = ticks.among(fresh);
  function go(to: number[]) {
    ticks.forget();
    setBefore(to);
  }
  return (
    <>
      {hasSearch && (
        <PeopleSearch
          search={search}
          onSearch={(text) => {
            setSearch(text);
            go([]);
          }}
        />
      )}
      {ticks.editing && <EditBar editing={ticks.editing} shown={shown} batch={batch} />}
      {(shown.part === 'unreadable' || shown.part === 'missing') && items.length > 0 && (
        <p className="mt-2">
          <CopyButton
            text={items.map(({ asked }) => asked ?? '').join('\n')}
            label={texts.batchPeople.copy(items.length)}
            doneLabel={texts.batchPeople.copied}
          />
        </p>
      )}
      <TableCard className="mt-3">
        {items.length === 0 ? (
          <p role="status" className="px-4 py-8 text-center break-words text-quiet">
            {search.trim() === '' ? texts.batchPeople.nobody : texts.batchPeople.nobodyMatches(search.trim())}
          </p>
        ) : (
          <PeopleTable accountId={accountId} batch={batch} items={items} name={name} ticks={ticks} />
        )}
      </TableCard>
      {(before.length > 0 || next !== null) && (
        <Pager label={texts.batchPeople.pages}>
          <Button
            aria-disabled={before.length === 0 || undefined}
            onClick={() => before.length > 0 && go(before.slice(0, -1))}
          >
            {texts.batchPeople.previous}
          </Button>
          <Button aria-disabled={next === null || undefined} onClick={() => next !== null && go([...before, next])}>
            {texts.batchPeople.next}
          </Button>
        </Pager>
      )}
    </>
  );
}
