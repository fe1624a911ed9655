import { expect, test } from 'vitest';
import * as texts from '../texts/english/filters.ts';
import { filterFromParams, paramsFromFilter } from './filter.ts';
import { questions } from './questions.ts';
import { strictFilter } from './strict-filter.ts';

test.each(questions.map(({ key, filter }) => [key, filter] as const))(
  'the question %s has a name and an address, and the command line understands it',
  (key, filter) => {
    const params = paramsFromFilter(filter);
    expect(texts.questions.names[key]).toBeTruthy();
    expect(filterFromParams(new URLSearchParams(params))).toEqual(filter);
    expect(strictFilter(params).filter).toEqual(filter);
  },
);
