'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import * as texts from '@/lib/texts/changes.ts';

/** To the sign-in page and back to this very address. */
export function SignInLink() {
  const pathname = usePathname();
  const search = useSearchParams().toString();
  const here = search ? `${pathname}?${search}` : pathname;
  return (
    <a className="text-act" href={`/sign-in?return=${encodeURIComponent(here)}`}>
      {texts.button.signIn}
    </a>
  );
}
