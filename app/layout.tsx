import type { Metadata, Viewport } from 'next';
import { connection } from 'next/server';
import type { ReactNode } from 'react';
import { KeptTitle } from '@/components/shell/kept-title.tsx';
import { SpokenIn } from '@/components/shell/spoken-in.tsx';
import { directionOf, englishTag, language } from '@/lib/locale.ts';
import { pages } from '@/lib/texts/pages.ts';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Carillon', template: '%s · Carillon' },
  manifest: '/manifest.webmanifest',
  icons: {
    icon: [
      { url: '/favicon.ico', sizes: '48x48' },
      { url: '/icon.svg', type: 'image/svg+xml' },
    ],
    apple: '/apple-touch-icon.png',
  },
};

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#1c1a19' },
  ],
};

/** Every page is drawn when it is asked for: its scripts carry a nonce of their own. */
export default async function Layout({ children }: { children: ReactNode }) {
  await connection();
  const tag = language();
  return (
    <html lang={tag} dir={directionOf(tag)}>
      <body>
        <noscript>
          <p className="border-b border-wait bg-wait-soft px-6 py-3 text-wait">{pages.noScript}</p>
        </noscript>
        <KeptTitle />
        {tag === englishTag ? children : <SpokenIn language={tag}>{children}</SpokenIn>}
      </body>
    </html>
  );
}
