import { afterEach, expect, test, vi } from 'vitest';
import { createCell } from './cell.ts';

afterEach(() => vi.unstubAllGlobals());

test('a listener that throws is reported, and neither the other listeners nor the caller notice', () => {
  const report = vi.fn();
  vi.stubGlobal('reportError', report);
  const cell = createCell(1);
  const heard: number[] = [];
  const fault = new Error('a fault in a listener');
  cell.subscribe(() => {
    throw fault;
  });
  cell.subscribe(() => heard.push(cell.get()));

  cell.set(2);

  expect(heard).toEqual([2]);
  expect(report).toHaveBeenCalledExactlyOnceWith(fault);
});
