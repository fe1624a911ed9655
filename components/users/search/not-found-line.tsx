'use client';

import * as texts from '@/lib/texts/filters.ts';

/** Which of several e-mails or IDs that were searched for together find nobody. */
export default function NotFoundLine({ missing }: { missing: string[] }) {
  return (
    <p role="status" className="mb-3 break-words text-wait">
      {texts.pasted.missing(missing.length)}: {missing.join(', ')}
    </p>
  );
}
