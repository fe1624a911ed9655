import type { Page } from '@playwright/test';
import { account } from './door.ts';

export const cost = `/accounts/${account}/trend/cost`;

/** What Pro can cost in a month, where that is said of an account. */
export function costOn(page: Page) {
  return {
    /** This month, up to now, while no file tells of hosted days. */
    soFar: page.getByText(
      /^In \w{3,4} \d{4}: Between EUR\s0\.00 and EUR\s[\d,]+\.\d\d so far: Pro costs only on days a person hosts; [\d,]+ people could have\. Price entered by .+ on \d+ \w+ \d{4}\.$/,
    ),
    /** A month that is over, with its lower amount. */
    month: (lowest: string) =>
      page.getByText(
        new RegExp(
          `^In \\w{3,4} \\d{4}: Between EUR\\s${lowest} and EUR\\s[\\d,]+\\.\\d\\d: Pro costs only on days a person hosts;`,
        ),
      ),
    months: page.getByRole('navigation', { name: 'Month' }).getByRole('link'),
    highest: page.getByLabel('Figures').locator('dd').nth(2),
    csv: page.getByRole('link', { name: 'Download CSV' }),
    enterPrice: page.getByRole('link', { name: 'Enter what Pro costs' }),
    byMonth: page.getByRole('link', { name: 'Cost of Pro by month' }),
  };
}
