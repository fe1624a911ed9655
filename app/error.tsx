'use client';

import { BareFrame } from '@/components/shell/bare-frame.tsx';
import { BrokenPage } from '@/components/shell/broken-page.tsx';

export default function Broken({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <BareFrame>
      <BrokenPage reference={error.digest} retry={reset} />
    </BareFrame>
  );
}
