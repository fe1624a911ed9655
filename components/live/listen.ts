import type { LiveMessage } from '@/lib/live/message.ts';

export type Ears = {
  [Name in keyof LiveMessage]: (value: LiveMessage[Name]) => void;
} & {
  /** The connection is lost or was never made; `wasRefused` when our server answered with something else than events. */
  lost?: (wasRefused: boolean) => void;
};

const wait = { first: 1_000, longest: 30_000 };

/** Our server looks back a little further than this for a page that has heard nothing yet. */
const lookBackMs = 5_000;

/**
 * Hears what happens in an account until the answer is called. While the tab is hidden nobody looks, and a browser has few
 * connections for all tabs: then it hears nothing, and asks what it missed when the tab is seen again.
 */
export function listen(accountId: string, ears: Ears, mayOpen: () => boolean = () => true) {
  let source: EventSource | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let last = '';
  const begun = performance.now();
  let failures = 0;

  function on<Name extends keyof LiveMessage>(name: Name, tell: (value: LiveMessage[Name]) => void) {
    source?.addEventListener(name, ({ data, lastEventId }: MessageEvent<string>) => {
      last = lastEventId;
      failures = 0;
      tell(JSON.parse(data));
    });
  }

  function open() {
    clearTimeout(retry);
    if (source || document.hidden || !mayOpen()) return;
    source = new EventSource(
      `/api/accounts/${encodeURIComponent(accountId)}/events${last && `?last=${encodeURIComponent(last)}`}`,
    );
    const isLate = last === '' && performance.now() - begun > lookBackMs;
    on('hello', ({ missed }) => ears.hello({ missed: missed || isLate }));
    on('changed', ears.changed);
    on('sync', ears.sync);
    source.addEventListener('error', fail);
  }

  function close(wasRefused = false) {
    clearTimeout(retry);
    source?.close();
    source = undefined;
    ears.lost?.(wasRefused);
  }

  function fail() {
    close(source?.readyState === EventSource.CLOSED);
    const most = Math.min(wait.longest, wait.first * 2 ** failures);
    failures += 1;
    retry = setTimeout(open, most * (0.5 + Math.random() / 2));
  }

  /** Opens or closes, as things are now. */
  function turn() {
    if (document.hidden || !mayOpen()) close();
    else open();
  }

  document.addEventListener('visibilitychange', turn);
  window.addEventListener('online', turn);
  open();
  return {
    turn,
    stop() {
      document.removeEventListener('visibilitychange', turn);
      window.removeEventListener('online', turn);
      close();
    },
  };
}
