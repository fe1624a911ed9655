import { expect, test } from 'vitest';
import { crowd, withBatches } from '../../testing/batches.ts';

test('the people of a group are found by name, e-mail or ID, and lines without anybody as they were written', () =>
  withBatches(
    async ({ prepare, items }) => {
      const text = [...crowd(60).map(({ PrimaryEmail }) => PrimaryEmail), 'peña', 'nobody@nordwind.example'].join('\n');
      const id = await prepare({ kind: 'list', text });
      const found = async (search: string, part: 'change' | 'missing' | 'unreadable' = 'change') =>
        (await items(id, { part, search })).map(({ user, asked }) => user?.name ?? asked);

      expect(await found('person 59')).toEqual(['Person 59']);
      expect(await found('PENA')).toEqual(['José Peña']);
      expect(await found('p0007')).toEqual(['Person 7']);
      expect(await found('p58@nordwind')).toEqual(['Person 58']);
      expect(await found('%')).toEqual([]);
      expect(await found('NOBODY@', 'missing')).toEqual(['nobody@nordwind.example']);
      expect(await found('pe', 'unreadable')).toEqual(['peña']);
      expect(await found('nobody@')).toEqual([]);
      expect(await found(' ')).toHaveLength(50);
    },
    crowd(60).with(3, { ...crowd(4)[3], UserId: 'p0003', DisplayName: 'José Peña' }),
  ));
