import { expect, type Page } from '@playwright/test';
import { exampleAccounts } from '../../local-chime/people/organisation.ts';

export const enterprise = exampleAccounts.enterprise;

/** The users page as an operator sees it: people by name, their plan, and what the row says. */
export function peopleOn(page: Page) {
  const plan = (name: string) => page.getByRole('combobox', { name: `Plan for ${name}`, exact: true });
  const row = (name: string) => page.getByRole('row').filter({ has: page.getByText(name, { exact: true }) });
  const option = (label: string) => page.getByRole('option').filter({ has: page.getByText(label, { exact: true }) });

  /** Waits for the scripts of the page: a click before them is lost, and a link loads its page. */
  async function isReady(): Promise<void> {
    await page.mouse.move(1, 1); // as an operator does, which fetches what is left of the page
    await page.locator('[popover="manual"]').waitFor({ state: 'attached' }); // what changes need has been fetched
    await expect(page.locator('[data-script="coming"]')).toHaveCount(0);
  }

  /** Opens the list of plans, and waits until the person has been read in Chime. */
  async function open(name: string): Promise<void> {
    await isReady();
    const read = page.waitForResponse((response) => /\/users\/[0-9a-f-]{36}$/.test(response.url()));
    await plan(name).click();
    await read;
  }

  return {
    plan,
    isReady,
    row,
    option,
    open,
    search: page.getByLabel('Search people by name, e-mail or ID'),
    button: (name: string, label: string) => row(name).getByRole('button', { name: label, exact: true }),
    async go(search = '', accountId: string = enterprise): Promise<void> {
      await page.goto(`/accounts/${accountId}/users${search && `?q=${encodeURIComponent(search)}`}`);
      await expect(page.getByRole('heading', { name: 'People' })).toBeVisible();
      await expect(page.getByLabel('Search people by name, e-mail or ID')).toBeFocused();
      await isReady();
    },
    async choose(name: string, label: string): Promise<void> {
      await open(name);
      await option(label).click();
    },
    /** So many people on the page whom their name alone tells apart, with the plan each of them has, one of these. */
    async some(count: number, plans: string[], except: string[] = []): Promise<{ name: string; plan: string }[]> {
      const all = await this.shown();
      const found = all
        .filter(({ name, plan }) => plans.includes(plan) && !except.includes(name))
        .filter(({ name }) => !name.endsWith(')')) // people of one name are called by their e-mail or ID too
        .slice(0, count);
      expect(found).toHaveLength(count);
      return found;
    },
    /** The names on the page, with the plan each of them shows. */
    async shown(): Promise<{ name: string; plan: string }[]> {
      return page.getByRole('combobox').evaluateAll((controls) =>
        controls.map((control) => ({
          name: (control.getAttribute('aria-label') ?? '').replace('Plan for ', ''),
          plan: control instanceof HTMLElement ? control.innerText : '',
        })),
      );
    },
  };
}
