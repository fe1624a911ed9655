'use client';

import { type RefObject, useEffect, useLayoutEffect } from 'react';
import type { Cell } from '../../ui/cell.ts';
import { type OpenList, optionId } from '../change/open-list.ts';
import { isLocked, type PageStatus } from '../change/page-status.ts';
import { placeList } from '../table/place.ts';

type Inside = RefObject<HTMLElement | null>;

/** Shows the popover that `inside` is in, and keeps it at the control from which it was opened. */
export function useListAtControl(inside: Inside, control: HTMLElement) {
  useLayoutEffect(() => {
    const box = inside.current?.parentElement;
    if (!box) return;
    box.showPopover();
    const put = () => {
      box.style.maxHeight = '';
      const viewport = { width: document.documentElement.clientWidth, height: window.innerHeight };
      box.style.width = `${placeList(control.getBoundingClientRect(), 0, viewport).width}px`;
      const place = placeList(control.getBoundingClientRect(), box.scrollHeight + 2, viewport);
      box.style.left = `${place.left}px`;
      box.style.top = `${place.top}px`;
      box.style.maxHeight = `${place.maxHeight}px`;
    };
    put();
    window.addEventListener('scroll', put, { passive: true, capture: true }); // the box of a wide table scrolls too
    window.addEventListener('resize', put);
    return () => {
      window.removeEventListener('scroll', put, { capture: true });
      window.removeEventListener('resize', put);
      box.hidePopover();
    };
  }, [inside, control]);
}

/** Closes the list where the page is locked, at a press elsewhere, and when its control loses the focus. */
export function useListCloses(list: Cell<OpenList | null>, inside: Inside, control: HTMLElement, status: PageStatus) {
  useEffect(() => {
    if (isLocked(status)) list.set(null);
  }, [status, list]);

  useEffect(() => {
    const isElsewhere = (event: Event) =>
      event.target instanceof Node &&
      !control.contains(event.target) &&
      !inside.current?.parentElement?.contains(event.target);
    const onPointer = (event: PointerEvent) => isElsewhere(event) && list.set(null);
    const onBlur = () => list.set(null);
    document.addEventListener('pointerdown', onPointer);
    control.addEventListener('blur', onBlur);
    return () => {
      document.removeEventListener('pointerdown', onPointer);
      control.removeEventListener('blur', onBlur);
    };
  }, [inside, control, list]);
}

/** Lights the option at `first` when the list opens, and keeps the one that is lit in view. */
export function useLitOption(list: Cell<OpenList | null>, open: OpenList, first: number) {
  useLayoutEffect(() => {
    if (open.place === null) list.set({ ...open, place: first });
  });

  useEffect(() => {
    if (open.place !== null) document.getElementById(optionId(open.place))?.scrollIntoView({ block: 'nearest' });
  }, [open.place]);
}
