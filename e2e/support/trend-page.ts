import type { Page } from '@playwright/test';
import { account } from './door.ts';

export const trend = `/accounts/${account}/trend`;

/** The counts of an account over time. */
export function trendOn(page: Page) {
  return {
    /** What the chart says of itself. */
    chart: page.getByRole('img', { name: 'People per plan in Nordwind Group' }),
    /** The count of Pro that the sentence above it ends with. */
    async proNow(): Promise<number> {
      const sentence = await page
        .getByText(/^Pro (?:went|stayed|is back)/)
        .first()
        .innerText();
      return Number(/(?:to|at) ([\d,]+)\b/.exec(sentence)?.[1]?.replaceAll(',', ''));
    },
    days: page.getByRole('list', { name: 'Days with steps of Pro' }).getByRole('link'),
    asTable: page.getByRole('link', { name: 'Table', exact: true }),
  };
}
