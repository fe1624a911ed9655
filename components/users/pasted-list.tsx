'use client';

import { useState } from 'react';
import * as texts from '@/lib/texts/filters.ts';
import { Button, TextButton } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { FilterLink } from './filter-link.tsx';
import { changed, type OnFilter } from './narrowing.ts';
import type { PastedList as Pasted, Pasting } from './pasting.ts';
import { searchBoxId } from './search-box.tsx';
import type { Listing } from './users-query.ts';

type PastedListProps = Pick<Pasted, 'pasting' | 'look' | 'forget'> & { listing: Listing; onFilter: OnFilter };

const toSearch = () => document.getElementById(searchBoxId)?.focus();

/** What became of a pasted list: who was found, who was not, or why it cannot be used. */
export default function PastedList({ pasting, look, forget, listing, onFilter }: PastedListProps) {
  if (pasting?.state === 'looking') {
    return (
      <p role="status" className="mb-3 text-quiet">
        {texts.pasted.looking}
      </p>
    );
  }
  if (pasting) return <NotUsed key={pasting.text} pasting={pasting} look={look} forget={forget} />;
  return <Found listing={listing} onFilter={onFilter} />;
}

const mostNamed = 3;

function Found({ listing: { page, filter }, onFilter }: Pick<PastedListProps, 'listing' | 'onFilter'>) {
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
  const { asked, missing } = page.list;
  const named = missing.slice(0, mostNamed).join(', ');
  return (
    <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-1">
      <p role="status" className="dotted min-w-0 break-words">
        <span className="font-semibold">{texts.pasted.found(asked - missing.length, asked)}</span>
        {missing.length > 0 && (
          <span className="text-wait">
            {texts.pasted.missing(missing.length)}: {named}
            {missing.length > mostNamed && ` ${texts.pasted.more(missing.length - mostNamed)}`}
          </span>
        )}
      </p>
      <span className="flex flex-wrap gap-x-4">
        {missing.length > 0 && (
          <CopyButton text={missing.join('\n')} label={texts.pasted.copyMissing} doneLabel={texts.pasted.copied} />
        )}
        {clear}
      </span>
    </div>
  );
}

type NotUsedProps = { pasting: Pasting } & Pick<Pasted, 'look' | 'forget'>;

/** The refused list with what can be done about it: it can be shortened here and tried again. */
function NotUsed({ pasting, look, forget }: NotUsedProps) {
  const [text, setText] = useState(pasting.text);
  return (
    <div className="mb-3 rounded-xl border border-wait/40 bg-wait-soft px-4 py-3 text-wait">
      <p role="alert">{pasting.state === 'refused' ? texts.pasted.refused : texts.pasted.failed}</p>
      <textarea
        aria-label={texts.pasted.label}
        rows={5}
        spellCheck={false}
        value={text}
        className="mt-2 block w-full rounded-lg border border-line-strong bg-sheet px-3 py-2 font-mono text-[13px] text-ink"
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <p className="mt-2.5 flex flex-wrap gap-2.5">
        <Button className="text-ink" onClick={() => look(text)}>
          {texts.pasted.again}
        </Button>
        <TextButton
          onClick={() => {
            toSearch();
            forget();
          }}
        >
          {texts.pasted.forget}
        </TextButton>
      </p>
    </div>
  );
}
