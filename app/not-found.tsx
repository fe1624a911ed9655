import type { Metadata } from 'next';
import { BareFrame } from '@/components/shell/bare-frame.tsx';
import { MissingPage } from '@/components/shell/missing-page.tsx';
import { texts } from '@/lib/texts/catalogue.ts';

export const metadata: Metadata = { title: texts.pages.missingTitle };

export default function NotFound() {
  return (
    <BareFrame>
      <MissingPage />
    </BareFrame>
  );
}
