import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { texts } from '@/lib/texts/catalogue.ts';
import './globals.css';

export const metadata: Metadata = { title: { default: 'Carillon', template: '%s · Carillon' }, icons: '/icon.svg' };

export const viewport: Viewport = { colorScheme: 'light dark' };

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang={texts.language}>
      <body>{children}</body>
    </html>
  );
}
