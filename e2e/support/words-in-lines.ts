import type { Page } from '@playwright/test';

/** Pixels by which a page is wider than its window. */
export const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Words of names and facts in the table that go over two lines although one would hold them. */
export const brokenWords = (page: Page) =>
  page.evaluate(() => {
    const broken: string[] = [];
    for (const cell of document.querySelectorAll('tbody th, tbody td.row-fact')) {
      const { paddingLeft, paddingRight } = getComputedStyle(cell);
      const room = cell.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
      const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
      for (let text = texts.nextNode(); text; text = texts.nextNode()) {
        if (text.parentElement?.closest('.sr-only')) continue;
        for (const { 0: word, index } of (text.textContent ?? '').matchAll(/[A-Za-z0-9]+/g)) {
          const range = document.createRange();
          range.setStart(text, index);
          range.setEnd(text, index + word.length);
          const boxes = [...range.getClientRects()];
          const length = boxes.reduce((sum, box) => sum + box.width, 0);
          if (new Set(boxes.map(({ top }) => top)).size > 1 && length < room) broken.push(word);
        }
      }
    }
    return broken;
  });
