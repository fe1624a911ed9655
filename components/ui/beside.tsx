'use client';

import {
  type ComponentType,
  createElement,
  memo,
  type ReactNode,
  Suspense,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { startUse } from '../live/in-use.ts';
import { useHydrated } from './hydrated.ts';
import { later } from './later.ts';

/**
 * A part of the page that the server draws with the rest and whose script comes later. Until then an update would empty its
 * place: so it stays as it was drawn, and what has changed since is shown when the script is there. A button pressed too early
 * does its work then; links and popovers need none.
 */
export function beside<Props extends object>(
  load: () => Promise<{ default: ComponentType<Props> }>,
  fallback?: ReactNode,
) {
  const Part = later(load);

  return memo(function Beside(props: Props) {
    const box = useRef<HTMLDivElement>(null);
    const pressed = useRef<number | null>(null); // its place among the buttons
    const drawn = useRef(props);
    const isHydrated = useHydrated();
    const wasDrawn = useRef(!isHydrated);
    const [isHere, setHere] = useState(!wasDrawn.current);
    const shown = isHere ? props : drawn.current;
    const isWanted = props !== drawn.current || !wasDrawn.current;

    useEffect(() => {
      if (isWanted) startUse();
    }, [isWanted]);

    useEffect(() => {
      const note = ({ target }: Event) => {
        const button = target instanceof Element ? target.closest('button') : null;
        if (!button || button.popoverTargetElement || !box.current?.contains(button)) return;
        if (box.current.dataset.script === 'here') return;
        pressed.current = [...box.current.querySelectorAll('button')].indexOf(button);
      };
      window.addEventListener('click', note, true); // React stops what it cannot hand on at the document already
      return () => window.removeEventListener('click', note, true);
    }, []);

    function arrive() {
      setHere(true);
      if (box.current) box.current.dataset.script = 'here';
      if (pressed.current === null) return;
      const button = box.current?.querySelectorAll('button')[pressed.current];
      setTimeout(() => button?.click());
    }

    // biome-ignore lint/correctness/useExhaustiveDependencies: `arrive` is called once, when the part arrives
    const part = useMemo(
      () => (
        <Suspense fallback={fallback}>
          {createElement(Part, shown)}
          <Arrival onArrival={arrive} />
        </Suspense>
      ),
      [shown],
    );
    return (
      <div ref={box} className="contents" data-script="coming">
        {part}
      </div>
    );
  });
}

function Arrival({ onArrival }: { onArrival: () => void }) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: a part arrives once
  useEffect(onArrival, []);
  return null;
}
