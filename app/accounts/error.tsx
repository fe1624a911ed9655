'use client';

import { BrokenPage } from '@/components/shell/broken-page.tsx';

/** Within the signed-in frame. */
export default function Broken({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return <BrokenPage reference={error.digest} retry={reset} />;
}
