import type { Metadata, Viewport } from 'next';
import { connection } from 'next/server';
import type { ReactNode } from 'react';
import { texts } from '@/lib/texts/catalogue.ts';
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
  return (
    <html lang={texts.language}>
      <body>
        <noscript>
          <p className="border-b border-wait bg-wait-soft px-6 py-3 text-wait">{texts.pages.noScript}</p>
        </noscript>
        {children}
      </body>
    </html>
  );
}
