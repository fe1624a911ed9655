import type { Page } from '@playwright/test';
import type { Stack } from '../../testing/stack.ts';

/** The words of names, addresses and IDs, and the letters that names begin with: they stand on pages and are none of ours. */
export async function dataWords({ db }: Stack, typed: string): Promise<string[]> {
  const people = await db.selectFrom('users').select(['id', 'name', 'email']).execute();
  const accounts = await db.selectFrom('accounts').select(['id', 'name']).execute();
  const operators = await db.selectFrom('operators').select(['username', 'name']).execute();
  const called = [...accounts, ...operators].flatMap(({ name }) => name ?? []);
  const texts = [typed, ...[...people, ...accounts, ...operators].flatMap((one) => Object.values(one))];
  const words = texts.flatMap((text) => text?.toLowerCase().match(/[\p{L}\p{M}\d]+/gu) ?? []);
  return [...new Set([...words, ...called.map((name) => name.charAt(0).toLowerCase())])];
}

/**
 * Every text of a page, read or heard, that is not between the marks of the pseudo-language and is no data. What the language
 * itself writes, such as numbers and dates, is in its letters and digits; IDs stand in a font of their own.
 */
export const wordsOutside = (page: Page, data: string[]): Promise<string[]> =>
  page.evaluate((words) => {
    const known = new Set([...words, 'utc', 'gmt']);
    const outside: string[] = [];
    let depth = 0;

    /** What of a text is outside all marks; a mark and its end may stand in different texts of the page. */
    function outsideMarks(text: string): string {
      let rest = '';
      for (const letter of text) {
        if (letter === '⟦') depth += 1;
        else if (letter === '⟧') depth -= 1;
        else rest += depth === 0 ? letter : ' ';
      }
      return rest;
    }
    const isOwn = (word: string) => /^\p{Script=Arabic}+$|^\p{Nd}+$/u.test(word) && !/\d/.test(word);

    function look(text: string, where: string) {
      const left = outsideMarks(text).match(/[\p{L}\p{M}\p{Nd}]+/gu) ?? [];
      const strange = left.filter((word) => !isOwn(word) && !known.has(word.toLowerCase()));
      if (strange.length > 0) outside.push(`${where}: ${text.trim().slice(0, 200)}`);
    }
    function lookAlone(text: string, where: string) {
      const before = depth;
      depth = 0;
      look(text, where);
      if (depth !== 0) outside.push(`${where} has half a text: ${text}`);
      depth = before;
    }

    lookAlone(document.title.replace(/ · Carillon$/, ''), 'title');
    const unread = 'script, style, template, noscript, .font-mono, title:not(svg title)'; // Next may put the page's title into the body
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
      node instanceof Element && node.matches(unread) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
    );
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node instanceof Element) {
        for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-description', 'aria-valuetext', 'label'])
          lookAlone(node.getAttribute(name) ?? '', `${node.localName}[${name}]`);
      } else look(node.textContent ?? '', node.parentElement?.localName ?? '');
    }
    if (depth !== 0) outside.push('a text has a beginning and no end');
    return [...new Set(outside)];
  }, data);
