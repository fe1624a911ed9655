'use client';

import type { RefObject } from 'react';
import { type BatchView, parts, traits } from '@/lib/batches/batch.ts';
import * as texts from '@/lib/texts/batches.ts';
import { reasons } from '@/lib/texts/failures.ts';
import { TextButton } from '../../ui/button.tsx';
import { SectionHeading } from '../../ui/heading.tsx';
import { EditSaid, type EditTools, isTickable, useEdits } from './edits.tsx';
import { groupsOf, helpOfPart, itemsAddress } from './groups.ts';
import { PeoplePages } from './people-pages.tsx';
import type { Shown } from './shown.ts';

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
  const tabs = groupsOf(batch);
  const first = tabs.find(({ count }) => count > 0) ?? tabs[0];
  const chosen = shown && tabs.find((tab) => isSame(tab.shown, { ...shown, code: undefined }));
  const tab = chosen ?? first;
  if (!tab) return null;
  const filter = chosen && shown ? shown : tab.shown;
  return (
    <section aria-labelledby="batch-people" className="mt-8">
      <SectionHeading id="batch-people" ref={heading} tabIndex={-1}>
        {texts.batchPeople.title}
      </SectionHeading>
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
          {helpOfPart(tab.shown.part, batch)}
          {editing && isTickable(tab.shown.part) && ` ${texts.edits.help[tab.shown.part]}`}
        </p>
      )}
      {tab.shown.part === 'change' && <Traits batch={batch} shown={filter} onShow={onShow} />}
      <PeoplePages
        key={itemsAddress(accountId, batch.id, filter)}
        address={itemsAddress(accountId, batch.id, filter)}
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
