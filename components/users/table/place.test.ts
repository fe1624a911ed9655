import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placeList } from './place.ts';

const control = (left: number, top: number) => ({ left, top, right: left + 132, bottom: top + 34 });

test('the list opens under its control', () => {
  expect(placeList(control(500, 200), 210, { width: 1280, height: 900 })).toMatchObject({
    left: 500,
    top: 240,
    width: 340,
  });
});

test('the list opens above its control near the bottom', () => {
  expect(placeList(control(500, 820), 210, { width: 1280, height: 900 }).top).toBe(604);
});

test('the list fits a narrow screen', () => {
  expect(placeList(control(31, 200), 210, { width: 320, height: 700 })).toMatchObject({ left: 8, width: 304 });
});

test('the list of a control that is almost off the screen fits the screen', () => {
  expect(placeList(control(0, 327), 313, { width: 320, height: 328 })).toMatchObject({ top: 8, maxHeight: 312 });
  expect(placeList(control(0, -38), 400, { width: 320, height: 328 })).toMatchObject({ top: 8, maxHeight: 312 });
});

test('the list is never off the screen', () => {
  const size = fc.record({ width: fc.integer({ min: 320, max: 2000 }), height: fc.integer({ min: 320, max: 1400 }) });
  fc.assert(
    fc.property(size, fc.nat(), fc.nat(), fc.integer({ min: 100, max: 400 }), (viewport, x, y, height) => {
      const box = control((x % (viewport.width + 132)) - 132, (y % (viewport.height + 34)) - 34);
      const place = placeList(box, height, viewport);

      expect(place.left).toBeGreaterThanOrEqual(8);
      expect(place.left + place.width).toBeLessThanOrEqual(viewport.width - 8);
      expect(place.top).toBeGreaterThanOrEqual(8);
      expect(place.top + Math.min(height, place.maxHeight)).toBeLessThanOrEqual(viewport.height - 8);
    }),
  );
});
