import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { listen } from './listen.ts';

/** As the browser has it, connected to nothing. */
class Source extends EventTarget {
  static readonly CLOSED = 2;
  static last: Source;
  readyState = 0;
  readonly url: string;

  constructor(url: string) {
    super();
    this.url = url;
    Source.last = this;
  }

  close() {
    this.readyState = Source.CLOSED;
  }

  say(name: string, value: unknown) {
    this.dispatchEvent(new MessageEvent(name, { data: JSON.stringify(value), lastEventId: '1700000000000' }));
  }

  fail() {
    this.dispatchEvent(new Event('error'));
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('EventSource', Source);
  vi.stubGlobal('document', Object.assign(new EventTarget(), { hidden: false }));
  vi.stubGlobal('window', new EventTarget());
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** A page that has just begun to listen, and what it was told by each `hello`: whether it missed anything. */
function page() {
  const missed: boolean[] = [];
  const ear = listen('account', { hello: (value) => missed.push(value.missed), changed() {}, sync() {} });
  return { missed, stop: ear.stop };
}

test('a page that hears at once has missed what our server says', () => {
  const { missed, stop } = page();
  Source.last.say('hello', { missed: false });
  Source.last.fail();
  vi.advanceTimersByTime(30_000);
  expect(Source.last.url).toMatch(/\?last=1700000000000$/);
  Source.last.say('hello', { missed: false });
  Source.last.say('hello', { missed: true });
  stop();
  expect(missed).toEqual([false, false, true]);
});

test('a page that could not listen at first has missed what happened until it could', () => {
  const { missed, stop } = page();
  for (let attempt = 0; attempt < 4; attempt += 1) {
    Source.last.fail();
    vi.advanceTimersByTime(30_000);
  }
  Source.last.say('hello', { missed: false });
  stop();
  expect(missed).toEqual([true]);
});

test('a page that was opened in a tab behind has missed what happened until it was seen', () => {
  Object.assign(document, { hidden: true });
  const { missed, stop } = page();
  vi.advanceTimersByTime(60_000);
  Object.assign(document, { hidden: false });
  document.dispatchEvent(new Event('visibilitychange'));
  Source.last.say('hello', { missed: false });
  stop();
  expect(missed).toEqual([true]);
});
