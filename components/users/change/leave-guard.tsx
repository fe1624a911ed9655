'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import * as texts from '@/lib/texts/notices.ts';
import * as words from '@/lib/texts/words.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useEngine } from '../page-store-context.tsx';

/** Asks before the page is left with changes on their way or undecided. */
export function LeaveGuard() {
  const engine = useEngine();
  const router = useRouter();
  const [leaving, setLeaving] = useState<{ to: string; count: number } | null>(null);

  useEffect(() => {
    const onUnload = (event: BeforeUnloadEvent) => {
      if (engine.leftBehind() > 0) event.preventDefault();
    };
    const onClick = (event: MouseEvent) => {
      const target = leavingTo(event);
      const count = engine.leftBehind();
      if (!target || count === 0) return;
      event.preventDefault();
      event.stopPropagation();
      setLeaving({ to: target, count });
    };
    window.addEventListener('beforeunload', onUnload);
    document.addEventListener('click', onClick, true);
    return () => {
      window.removeEventListener('beforeunload', onUnload);
      document.removeEventListener('click', onClick, true);
    };
  }, [engine]);

  if (!leaving) return null;
  const stay = () => setLeaving(null);
  return (
    <Dialog title={texts.leave.title} closeLabel={words.common.close} onClose={stay}>
      <p className="text-quiet">{texts.leave.text(leaving.count)}</p>
      <div className="mt-5 flex flex-wrap justify-end gap-2">
        <Button onClick={() => router.push(leaving.to)}>{texts.leave.go}</Button>
        <Button look="loud" onClick={stay}>
          {texts.leave.stay}
        </Button>
      </div>
    </Dialog>
  );
}

/** The page of ours that a plain click on a link leads to, if it is another one. */
function leavingTo(event: MouseEvent): string | null {
  if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return null;
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (!link || link.target || link.hasAttribute('download') || link.origin !== window.location.origin) return null;
  return link.pathname === window.location.pathname || link.pathname === '/sign-in' ? null : link.href;
}
