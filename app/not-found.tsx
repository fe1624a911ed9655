import type { Metadata } from 'next';
import { BareFrame } from '@/components/shell/bare-frame.tsx';
import { MissingPage } from '@/components/shell/missing-page.tsx';
import { pages } from '@/lib/texts/pages.ts';

export const generateMetadata = (): Metadata => ({ title: pages.missingTitle });

export default function NotFound() {
  return (
    <BareFrame>
      <MissingPage />
    </BareFrame>
  );
}
