'use client';

import { type ComponentType, createElement, memo, type ReactNode, Suspense, useEffect, useRef } from 'react';
import { later } from './later.ts';

/**
 * A part of the page that the server draws with the rest and whose script comes a moment later. Until then an update would
 * empty its place: so there is none but for its own properties. A button pressed too early does its work when the script is
 * there; links and popovers need none.
 */
export function beside<Props extends object>(
  load: () => Promise<{ default: ComponentType<Props> }>,
  fallback?: ReactNode,
) {
  const Part = later(load);

  return memo(function Beside(props: Props) {
    const box = useRef<HTMLDivElement>(null);
    const pressed = useRef<HTMLElement | null>(null);
    const hasArrived = useRef(false);

    useEffect(() => {
      const note = ({ target }: Event) => {
        const button = target instanceof Element ? target.closest('button') : null;
        if (!hasArrived.current && button && !button.popoverTargetElement) pressed.current = button;
      };
      const element = box.current;
      element?.addEventListener('click', note);
      return () => element?.removeEventListener('click', note);
    }, []);

    function arrive() {
      hasArrived.current = true;
      setTimeout(() => pressed.current?.click());
    }

    return (
      <div ref={box} className="contents">
        <Suspense fallback={fallback}>
          {createElement(Part, props)}
          <Arrival onArrival={arrive} />
        </Suspense>
      </div>
    );
  });
}

function Arrival({ onArrival }: { onArrival: () => void }) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: a part arrives once
  useEffect(onArrival, []);
  return null;
}
