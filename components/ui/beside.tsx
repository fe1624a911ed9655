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
    const pressed = useRef<number | null>(null); // its place among the buttons
    const hasArrived = useRef(false);

    useEffect(() => {
      const note = ({ target }: Event) => {
        const button = target instanceof Element ? target.closest('button') : null;
        if (hasArrived.current || !button || button.popoverTargetElement || !box.current?.contains(button)) return;
        pressed.current = [...box.current.querySelectorAll('button')].indexOf(button);
      };
      window.addEventListener('click', note, true); // React stops what it cannot hand on at the document already
      return () => window.removeEventListener('click', note, true);
    }, []);

    function arrive() {
      hasArrived.current = true;
      if (box.current) box.current.dataset.script = 'here';
      if (pressed.current === null) return;
      const button = box.current?.querySelectorAll('button')[pressed.current];
      setTimeout(() => button?.click());
    }

    return (
      <div ref={box} className="contents" data-script="coming">
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
