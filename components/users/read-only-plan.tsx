'use client';

import { useState } from 'react';
import * as texts from '@/lib/texts/people.ts';
import * as stateTexts from '@/lib/texts/states.ts';
import * as words from '@/lib/texts/words.ts';
import { TextButton } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';

type ReadOnlyPlanProps = {
  userId: string;
  name: string;
  license: string | null;
  because: 'role' | 'directory' | 'retired';
};

/** A plan that cannot be changed here, and who does decide it. */
export default function ReadOnlyPlan({ userId, name, license, because }: ReadOnlyPlanProps) {
  const [isOpen, setOpen] = useState(false);
  const whyId = `why-${userId}`;
  const { readOnly } = stateTexts;
  const directory = because === 'directory';
  return (
    <div className="min-h-8.5 pt-0.75 pointer-coarse:pt-0">
      <div className="flex flex-wrap items-center gap-x-2.5 text-quiet">
        <Icon name={directory ? 'group' : 'lock'} size={14} />
        <span className="min-w-14 font-medium text-ink">{words.plan(license)}</span>
        {because !== 'retired' && (
          <TextButton
            className="text-small font-normal! text-faint"
            aria-expanded={isOpen}
            aria-describedby={whyId}
            aria-label={`${directory ? readOnly.how : readOnly.why} ${texts.planCell.label(name)}`}
            onClick={() => setOpen(!isOpen)}
          >
            {directory ? readOnly.how : readOnly.why}
          </TextButton>
        )}
      </div>
      {because !== 'retired' && (
        <p id={whyId} className={isOpen ? 'mt-1 max-w-[48ch] text-small leading-4.5 text-quiet' : 'sr-only'}>
          {directory ? readOnly.directory : readOnly.viewOnly}
          {isOpen && ` ${directory ? readOnly.directoryHow(name) : readOnly.viewOnlyWhy}`}
        </p>
      )}
    </div>
  );
}
