import { type ComponentType, lazy } from 'react';

const pause = 3_000;

/** A part of the page that is fetched when it is first drawn; where the connection is gone, again and again. */
export function later<Props>(load: () => Promise<{ default: ComponentType<Props> }>) {
  const persist = (): Promise<{ default: ComponentType<Props> }> =>
    load().catch(() => new Promise<void>((resolve) => setTimeout(resolve, pause)).then(persist));
  return lazy(persist);
}
