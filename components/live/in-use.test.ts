import { afterEach, beforeEach, expect, test, vi } from 'vitest';

beforeEach(() => {
  vi.useFakeTimers();
  vi.resetModules();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A page that was just opened. */
async function open() {
  const window = new EventTarget();
  vi.stubGlobal('window', window);
  const load = vi.fn(async () => 'part');
  const { startUse, whenInUse } = await import('./in-use.ts');
  const part = whenInUse(load)();
  return { window, load, startUse, part };
}

test.each(['pointermove', 'pointerdown', 'keydown', 'wheel'])('a part is loaded at the first %s', async (sign) => {
  const { window, load, part } = await open();
  await vi.advanceTimersByTimeAsync(100);
  expect(load).not.toHaveBeenCalled();

  window.dispatchEvent(new Event(sign));

  expect(await part).toBe('part');
  expect(load).toHaveBeenCalledOnce();
});

test('a part is loaded a moment later where nobody does anything, so that it is there when they do', async () => {
  const { load, part } = await open();

  await vi.advanceTimersByTimeAsync(1_500);

  expect(await part).toBe('part');
  expect(load).toHaveBeenCalledOnce();
});

test('the focus that the page gives to its search is no use of it', async () => {
  const { window, load } = await open();

  window.dispatchEvent(new Event('focus'));
  await vi.advanceTimersByTimeAsync(100);

  expect(load).not.toHaveBeenCalled();
});

test('a part that is needed at once is not waited with', async () => {
  const { startUse, part } = await open();

  startUse();

  expect(await part).toBe('part');
});

test('our server, which draws everything, waits for nothing', async () => {
  const { whenInUse } = await import('./in-use.ts');

  expect(await whenInUse(async () => 'part')()).toBe('part');
});
