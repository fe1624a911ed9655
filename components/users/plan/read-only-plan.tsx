'use client';

import * as words from '@/lib/texts/words.ts';
import { Icon } from '../../ui/icon.tsx';

/** A plan that cannot be changed here. Why not is said once, above the list. */
export default function ReadOnlyPlan({ license, isDirectory }: { license: string | null; isDirectory: boolean }) {
  return (
    <div className="flex min-h-8.5 items-center gap-x-2.5 text-quiet">
      <Icon name={isDirectory ? 'group' : 'lock'} size={14} />
      <span className="font-medium text-ink">{words.plan(license)}</span>
    </div>
  );
}
