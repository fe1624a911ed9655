import { expect, test } from 'vitest';
import { readWish } from './admin-arguments.ts';

const known = [
  'operators list',
  'operators disable NAME',
  'sessions end --all',
  'accept-restore --why WHY',
  'doctor',
  'audit cut --before DATE --why WHY',
];
const wish = (...args: string[]) => readWish(args, known);

test('a command is known by its words, and its argument is what stands in capitals', () => {
  expect(wish('operators', 'list')).toEqual({ name: 'operators list', argument: '' });
  expect(wish('operators', 'disable', 'Dana Reyes')).toEqual({
    name: 'operators disable NAME',
    argument: 'Dana Reyes',
  });
  expect(wish('sessions', 'end', '--all')).toEqual({ name: 'sessions end --all', argument: '' });
  expect(wish('accept-restore', '--why', ' Ticket 4711 ')).toEqual({
    name: 'accept-restore --why WHY',
    argument: 'Ticket 4711',
  });
  expect(wish('audit', 'cut', '--before', '2025-01-01', '--why', 'Ticket 4712')).toEqual({
    name: 'audit cut --before DATE --why WHY',
    argument: 'Ticket 4712',
    before: '2025-01-01',
  });
  expect(wish('doctor')).toEqual({ name: 'doctor', argument: '' });
  expect(wish('operators', '--help')).toBeUndefined();
});

test.each([
  [['accept-restore'], 'Write: npm run admin -- accept-restore --why WHY'],
  [['accept-restore', '--why', ' '], 'Write: npm run admin -- accept-restore --why WHY'],
  [['operators', 'disable'], 'Write: npm run admin -- operators list | operators disable NAME'],
  [['operators', 'list', 'all'], 'Write: npm run admin -- operators list | operators disable NAME'],
  [['audit', 'cut', '--why', 'x'], 'Write: npm run admin -- audit cut --before DATE --why WHY'],
  [['sessions', 'end'], 'Write: npm run admin -- sessions end --all'],
  [['destroy', 'it'], 'There is no command “destroy it”: npm run admin -- --help'],
  [[], 'There is no command “”: npm run admin -- --help'],
  [['doctor', '--loud'], "Unknown option '--loud': npm run admin -- --help"],
])('%j is a mistake that says what to write', (args, line) => {
  expect(() => wish(...args)).toThrow(line);
});
