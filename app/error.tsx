'use client';

import { Broken } from '@/components/shell/broken.tsx';

export default function BrokenOutside(props: { error: Error & { digest?: string }; reset: () => void }) {
  return <Broken {...props} isBare />;
}
