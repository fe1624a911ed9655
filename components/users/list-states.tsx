'use client';

import * as texts from '@/lib/texts/people.ts';
import type { UsersPage } from '@/lib/users/page.ts';
import { Button } from '../ui/button.tsx';

const widths = ['w-40', 'w-52', 'w-36', 'w-44', 'w-48', 'w-32'];

/** What stands where the rows would be: still reading, nobody matches, nobody yet. */
export default function NoRows({ page, search, onClear }: { page: UsersPage; search: string; onClear: () => void }) {
  const { syncing, asOf } = page.freshness;
  if (syncing && asOf === null && page.everyone === 0) return <Skeleton read={syncing.read} />;
  if (search !== '')
    return (
      <div className="px-6 py-14 text-center">
        <p className="text-[16px] font-semibold break-words">{texts.people.nobodyMatches(search)}</p>
        <Button className="mt-4" onClick={onClear}>
          {texts.people.searchClear}
        </Button>
      </div>
    );
  return (
    <div className="px-6 py-14 text-center">
      <p className="text-[16px] font-semibold">{texts.people.nobodyYet}</p>
      <p className="mt-1 text-quiet">{texts.people.nobodyYetHelp}</p>
    </div>
  );
}

function Skeleton({ read }: { read: number }) {
  return (
    <div className="px-4 py-3">
      <p role="status" className="pb-2 text-quiet">
        {read > 0 ? texts.people.loadingSo(read) : texts.people.loading}
      </p>
      {widths.map((width) => (
        <div key={width} className="flex items-center gap-8 border-t border-line py-3.5" aria-hidden="true">
          <div className={`skeleton h-4 ${width}`} />
          <div className="skeleton ml-auto h-[34px] w-[132px]" />
        </div>
      ))}
    </div>
  );
}
