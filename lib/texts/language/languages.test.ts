import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { englishTag, language, pseudoTag } from '../../locale.ts';
import { english } from '../english/english.ts';
import { allOf, number, when } from '../formats.ts';
import { speak } from '../languages.ts';
import { columnNames, people } from '../people.ts';
import { plan } from '../words.ts';
import type { Catalogue } from './catalogue.ts';

afterEach(() => speak(englishTag));

test('the same program speaks another language from the moment that it is told to, and English again', async () => {
  expect(people.title).toBe('People');

  await speak(pseudoTag);

  expect(language()).toBe(pseudoTag);
  expect(people.title).toMatch(/^⟦Péópĺé .+⟧$/);
  expect(Object.values(columnNames)).toContain(columnNames.name);
  expect(columnNames.name).toMatch(/^⟦/);
  expect(plan('ProTrial')).toMatch(/^⟦/);

  await speak(englishTag);

  expect(people.title).toBe('People');
});

test('numbers, lists and moments are written as the language does', async () => {
  expect(number(4_997)).toBe('4,997');
  expect(allOf(['A', 'B', 'C'])).toBe('A, B and C');

  await speak(pseudoTag);

  expect(number(4_997)).toBe('٤٬٩٩٧');
  expect(allOf(['A', 'B', 'C'])).toBe('A وB وC');
  expect(when.clock('2026-11-24T14:02:00Z', 'UTC')).toBe('٠٢:٠٢ م');
  expect(when.ago(18)).toBe('قبل ١٨ دقيقة');
});

test('a language with a catalogue of its own answers for every text that English has, whole or not at all', () => {
  const german: Catalogue = { ...english, words: { ...english.words, plan: (license) => `${license}-Lizenz` } };
  globalThis.carillonTranslate = (_, pick) => pick(german);
  expect(plan('Pro')).toBe('Pro-Lizenz');

  const { operatorName, ...others } = english.words;
  // @ts-expect-error: a text is missing
  const incomplete: Catalogue['words'] = others;
  // @ts-expect-error: a text is called otherwise
  const misnamed: Catalogue['words'] = { ...others, nameOfOperator: operatorName };
  // @ts-expect-error: a text takes something else
  const mistaken: Catalogue['words'] = { ...english.words, plan: (people: number) => String(people) };
  expect([incomplete, misnamed, mistaken]).toHaveLength(3);
});

test('every text is looked for in another language under the name it has in English', async () => {
  const picked: [string, unknown][] = [];
  let name = '';
  globalThis.carillonTranslate = (text, pick) => {
    picked.push([name, pick(english) === text]);
    return text;
  };
  const texts = join(import.meta.dirname, '..');
  for (const file of globSync('{*,{access,terminal,trend}/*}.ts', { cwd: texts })) {
    if (!readFileSync(join(texts, file), 'utf8').includes('chosen(')) continue;
    const part: Record<string, object> = await import(join(texts, file));
    for (const [text, value] of Object.entries(part)) {
      name = `${basename(file)}: ${text}`;
      Reflect.get(value, 'anything');
    }
  }

  expect(picked.length).toBeGreaterThan(60);
  expect(picked.filter(([, isSame]) => !isSame)).toEqual([]);
});
