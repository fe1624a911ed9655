'use client';

import * as texts from '@/lib/texts/notices.ts';
import * as words from '@/lib/texts/words.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { usePageStore } from '../page-store-context.tsx';
import { switchSingleKeys, useHasSingleKeys } from './single-keys.ts';

/** The keys of the page, and the switch for those that are pressed alone. */
export default function KeysHelp({ onClose }: { onClose: () => void }) {
  const has = useHasSingleKeys();
  const { chooses } = usePageStore();
  const rows = chooses ? [...texts.shortcuts.rows, ...texts.shortcuts.choosing] : texts.shortcuts.rows;
  return (
    <Dialog title={texts.shortcuts.title} closeLabel={words.common.close} onClose={onClose}>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-5 gap-y-2">
        {rows.map(([keys, does]) => (
          <div key={keys} className="contents">
            <dt>
              <kbd className="rounded-[5px] border border-line-strong px-1.5 font-sans text-small">{keys}</kbd>
            </dt>
            <dd className="text-quiet">{does}</dd>
          </div>
        ))}
      </dl>
      <label className="mt-5 flex min-h-11 items-center gap-3 border-t border-line pt-3">
        <input
          type="checkbox"
          checked={has}
          className="size-5 accent-bell"
          onChange={(event) => switchSingleKeys(event.currentTarget.checked)}
        />
        {chooses ? texts.shortcuts.toggleAll : texts.shortcuts.toggle}
      </label>
    </Dialog>
  );
}
