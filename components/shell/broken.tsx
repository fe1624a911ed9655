'use client';

import { Suspense } from 'react';
import { broken } from '@/lib/texts/broken.ts';
import { later } from '../ui/later.ts';

const BrokenPage = later(() => import('./broken-page.tsx'));

type BrokenProps = { error: Error & { digest?: string }; reset: () => void; isBare?: boolean };

/**
 * Takes the place of a page that could not be shown. Every page brings this along, and hardly any needs it: what it says is fetched
 * then, and as long as that cannot be had, the title and a button that loads the page again stand for it.
 */
export const Broken = ({ error, reset, isBare = false }: BrokenProps) => (
  <Suspense
    fallback={
      <p className="px-4 py-16 text-center">
        {broken.title}.{' '}
        <button type="button" className="text-act" onClick={() => window.location.reload()}>
          {broken.retry}
        </button>
      </p>
    }
  >
    <BrokenPage reference={error.digest} retry={reset} isBare={isBare} />
  </Suspense>
);
