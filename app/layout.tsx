import type { Metadata, Viewport } from 'next';
import { connection } from 'next/server';
import type { ReactNode } from 'react';
import { texts } from '@/lib/texts/catalogue.ts';
import './globals.css';

export const metadata: Metadata = { title: { default: 'Carillon', template: '%s · Carillon' }, icons: '/icon.svg' };

export const viewport: Viewport = { colorScheme: 'light dark' };

/** Every page is drawn when it is asked for: its scripts carry a nonce of their own. */
export default async function Layout({ children }: { children: ReactNode }) {
  await connection();
  return (
    <html lang={texts.language}>
      <body>{children}</body>
    </html>
  );
}
