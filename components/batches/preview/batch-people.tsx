'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type RefObject, useState } from 'react';
import { type BatchView, type ItemView, isAtWork, type Part, parts, traits } from '@/lib/batches/batch.ts';
import * as texts from '@/lib/texts/batches.ts';
import { reasons } from '@/lib/texts/history.ts';
import { common, operatorName, plan } from '@/lib/texts/words.ts';
import { calledAmong } from '@/lib/users/user.ts';
import { Addresses } from '../../ui/addresses.tsx';
import { Breakable } from '../../ui/breakable.ts';
import { Button, TextButton } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { batchData } from '../addresses.ts';
import { readJson } from '../read.ts';
import {
  EditBar,
  type Editing,
  EditSaid,
  type EditTools,
  isTickable,
  Tick,
  type Ticks,
  Unchoose,
  useEdits,
  useFocusAfterEdits,
  useTicks,
} from './edits.tsx';
import { PeopleSearch } from './people-search.tsx';
import { Person } from './person.tsx';
import type { Shown } from './shown.ts';
import { Unclear } from './unclear.tsx';

type Tab = { name: string; count: number; shown: Shown };

type BatchPeopleProps = {
  accountId: string;
  batch: BatchView;
  heading: RefObject<HTMLHeadingElement | null>;
  /** Null for the first group that has anybody in it. */
  shown: Shown | null;
  onShow: (shown: Shown) => void;
  /** What corrects the preview, where the viewer may. */
  edits: EditTools | null;
};

/** The people of a batch, group by group, a page at a time. */
export function BatchPeople({ accountId, batch, heading, shown, onShow, edits }: BatchPeopleProps) {
  // Kept here, since the group that was corrected may be gone with its last line.
  const editing = useEdits(accountId, batch, edits);
  const tabs = tabsOf(batch);
  const first = tabs.find(({ count }) => count > 0) ?? tabs[0];
  const chosen = shown && tabs.find((tab) => isSame(tab.shown, { ...shown, code: undefined }));
  const tab = chosen ?? first;
  if (!tab) return null;
  const filter = chosen && shown ? shown : tab.shown;
  return (
    <section aria-labelledby="batch-people" className="mt-8">
      <h2 id="batch-people" ref={heading} tabIndex={-1} className="text-heading leading-6 font-semibold">
        {texts.batchPeople.title}
      </h2>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for what is filled in */}
      <div role="group" aria-label={texts.batchPeople.filter} className="mt-2 flex flex-wrap gap-2">
        {tabs.map((one) => (
          <button
            key={one.name}
            type="button"
            aria-pressed={one === tab}
            onClick={() => onShow(one.shown)}
            className="inline-flex min-h-8.5 items-center rounded-full border border-line-strong bg-sheet px-3.5 hover:bg-hover aria-pressed:border-bell aria-pressed:bg-bell-soft aria-pressed:font-semibold pointer-coarse:min-h-11 forced-colors:aria-pressed:border-[Highlight]"
          >
            {texts.batchPeople.tab(one.name, one.count)}
          </button>
        ))}
      </div>
      {editing && <EditSaid editing={editing} batch={batch} />}
      {tab.shown.part && tab.count > 0 && (
        <p className="mt-2 text-quiet">
          {batch.state === 'discarded' ? texts.batchPeople.discarded : texts.partHelp[tab.shown.part]}
          {editing && isTickable(tab.shown.part) && ` ${texts.edits.help[tab.shown.part]}`}
        </p>
      )}
      {tab.shown.part === 'change' && <Traits batch={batch} shown={filter} onShow={onShow} />}
      <Pages
        key={addressOf(accountId, batch.id, filter)}
        address={addressOf(accountId, batch.id, filter)}
        accountId={accountId}
        batch={batch}
        editing={editing}
        heading={heading}
        shown={filter}
        hasSearch={parts.reduce((sum, part) => sum + batch.parts[part], 0) > seenAtOnce}
        name={filter.code ? `${tab.name}, ${reasons[filter.code]}` : tab.name}
      />
    </section>
  );
}

/** A batch of more lines than this can be searched. */
const seenAtOnce = 10;

const isSame = (one: Shown, other: Shown) => one.part === other.part && one.state === other.state;

const isBegun = ({ state }: BatchView) => isAtWork(state) || state === 'done' || state === 'stopped';

/** Of a batch that was discarded, nobody will be changed any more. */
const nameOfPart = (part: Part, { state }: BatchView) =>
  part === 'change' && state === 'discarded' ? texts.batchPeople.wouldChange : texts.partWord[part];

function tabsOf(batch: BatchView): Tab[] {
  const groups = parts.map(
    (part): Tab => ({ name: nameOfPart(part, batch), count: batch.parts[part], shown: { part } }),
  );
  if (!isBegun(batch)) return groups.filter(({ shown, count }) => shown.part === 'change' || count > 0);
  return [
    { name: texts.batchPeople.failed, count: batch.failed, shown: { state: 'failed' } },
    { name: texts.batchPeople.left, count: batch.left, shown: { state: 'left' } },
    { name: texts.batchPeople.changed, count: batch.changed, shown: { state: 'changed' } },
    ...groups.filter(({ shown, count }) => shown.part !== 'change' && count > 0),
  ];
}

function addressOf(accountId: string, batchId: string, { part, trait, state, code }: Shown): string {
  const params = new URLSearchParams();
  if (part) params.set('part', part);
  if (trait) params.set('trait', trait);
  if (state) params.set('state', state);
  if (code) params.set('code', code);
  return `${batchData(accountId, batchId)}/items?${params}`;
}

/** Of those who are to be changed: how many are so, each a way to see these alone. */
function Traits({ batch, shown, onShow }: Pick<BatchPeopleProps, 'batch' | 'onShow'> & { shown: Shown }) {
  const some = traits.filter((trait) => batch.traits[trait] > 0 || shown.trait === trait);
  if (some.length === 0) return null;
  return (
    <p className="mt-2 flex flex-wrap gap-x-4">
      {some.map((trait) => (
        <TextButton
          key={trait}
          aria-pressed={shown.trait === trait}
          className="aria-pressed:font-semibold"
          onClick={() => onShow(shown.trait === trait ? { part: 'change' } : { part: 'change', trait })}
        >
          {texts.edits.only[trait](batch.traits[trait])}
        </TextButton>
      ))}
    </p>
  );
}

type Page = { items: ItemView[]; next: number | null };
type PagesProps = {
  address: string;
  accountId: string;
  batch: BatchView;
  name: string;
  shown: Shown;
  heading: RefObject<HTMLHeadingElement | null>;
  editing: Editing | null;
  hasSearch: boolean;
};

function Pages({ address, accountId, batch, name, shown, heading, editing, hasSearch }: PagesProps) {
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
      <div className="mt-3 overflow-clip rounded-xl border border-line bg-sheet">
        {items.length === 0 ? (
          <p role="status" className="px-4 py-8 text-center break-words text-quiet">
            {search.trim() === '' ? texts.batchPeople.nobody : texts.batchPeople.nobodyMatches(search.trim())}
          </p>
        ) : (
          <PeopleTable accountId={accountId} batch={batch} items={items} name={name} ticks={ticks} />
        )}
      </div>
      {(before.length > 0 || next !== null) && (
        <nav aria-label={texts.batchPeople.pages} className="flex justify-end gap-2 pt-3.5">
          <Button
            aria-disabled={before.length === 0 || undefined}
            onClick={() => before.length > 0 && go(before.slice(0, -1))}
          >
            {texts.batchPeople.previous}
          </Button>
          <Button aria-disabled={next === null || undefined} onClick={() => next !== null && go([...before, next])}>
            {texts.batchPeople.next}
          </Button>
        </nav>
      )}
    </>
  );
}

const head = 'border-b border-line py-2 pe-4 text-start font-medium';
const cell = 'py-2 pe-4 align-top break-words max-sm:block max-sm:py-0 max-sm:pe-0';

type TableProps = Pick<PagesProps, 'accountId' | 'batch' | 'name'> & { items: ItemView[]; ticks: Ticks };

function PeopleTable({ accountId, batch, items, name, ticks }: TableProps) {
  const called = calledAmong(items.flatMap(({ user }) => user ?? []));
  const nameOf = ({ user, asked }: ItemView) => (user ? (called.get(user.id) ?? user.name) : (asked ?? ''));
  return (
    <table className="w-full table-fixed border-separate border-spacing-0 max-sm:block">
      <caption className="sr-only">{texts.batchPeople.caption(name)}</caption>
      <thead className="text-small text-faint max-sm:sr-only">
        <tr>
          <th scope="col" className={`${head} w-[50%] ps-4`}>
            {texts.batchPeople.person}
          </th>
          <th scope="col" className={`${head} w-[18%]`}>
            {texts.batchPeople.plan}
          </th>
          <th scope="col" className={head}>
            {texts.batchPeople.outcome}
          </th>
        </tr>
      </thead>
      <tbody className="max-sm:block">
        {items.map((item) => (
          <tr key={item.position} className="row-lines hover:bg-hover max-sm:block max-sm:px-4 max-sm:py-3">
            <th scope="row" className={`${cell} ps-4 text-start font-normal max-sm:ps-0`}>
              <Tick item={item} name={nameOf(item)} ticks={ticks} />
              <Listed accountId={accountId} item={item} called={nameOf(item)} />
            </th>
            {item.part === 'unclear' && item.unclear ? (
              <td className={cell} colSpan={2}>
                <Unclear item={item} unclear={item.unclear} editing={ticks.editing} />
              </td>
            ) : (
              <>
                <td className={cell}>{planOf(item)}</td>
                <td className={cell}>
                  <Outcome item={item} batch={batch} />
                  <Unchoose item={item} name={nameOf(item)} editing={ticks.editing} />
                </td>
              </>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type ListedProps = { accountId: string; item: ItemView; called: string };

/** Who a line is about, and how it named them. */
function Listed({ accountId, item: { user, asked, line }, called }: ListedProps) {
  const place = [
    line === null ? '' : texts.batchPeople.line(line),
    asked !== null && user && asked !== user.id && asked !== user.email ? texts.batchPeople.asked(asked) : '',
  ].filter(Boolean);
  return (
    <>
      {user ? (
        <Person accountId={accountId} user={user} called={called} />
      ) : (
        <span className="font-medium">
          <Breakable text={asked ?? ''} />
        </span>
      )}
      {place.length > 0 && (
        <span className="block text-small text-quiet">
          <Addresses text={place.join(', ')} />
        </span>
      )}
    </>
  );
}

function planOf({ user, from, to }: ItemView): string {
  if (!user) return '';
  return to === null || to === from ? plan(from) : texts.batchPeople.fromTo(plan(from), plan(to));
}

const looks = {
  changed: { icon: 'tick', tone: 'text-good' },
  failed: { icon: 'warning', tone: 'text-bad' },
  waiting: { icon: 'clock', tone: 'text-quiet' },
  sent: { icon: 'clock', tone: 'text-bell' },
} as const;

function Outcome({ item, batch }: { item: ItemView; batch: BatchView }) {
  const { part, state, failure, reason, to } = item;
  const look = isBegun(batch) && state ? looks[state] : null;
  const other = failure?.code === 'conflict' ? failure.other : undefined;
  const who = other?.name && operatorName({ name: other.name, login: other.login ?? null });
  return (
    <>
      <span className={`inline-flex items-center gap-1.5 ${look?.tone ?? 'text-quiet'}`}>
        {look && <Icon name={look.icon} size={14} />}
        {isBegun(batch) ? texts.outcomeWord(item) : nameOfPart(part, batch)}
      </span>
      {failure && (state === 'failed' || part === 'forbidden') && (
        <span className="block text-small text-quiet">
          {to === null
            ? texts.batchPeople.noPlan
            : failure.code === 'conflict'
              ? texts.batchPeople.conflict(who, plan(failure.current ?? null))
              : texts.batchPeople.why(reasons[failure.code])}
        </span>
      )}
      {reason && <span className="block text-small text-quiet">{texts.batchPeople.reason(reason)}</span>}
    </>
  );
}
