import { expect, test } from './support/fixtures.ts';
import { peopleOn } from './support/people-page.ts';
import { picture } from './support/picture.ts';

const looks = [
  { name: 'a phone, light', viewport: { width: 320, height: 700 }, colorScheme: 'light' },
  { name: 'a phone, dark', viewport: { width: 320, height: 700 }, colorScheme: 'dark' },
  { name: 'a desk, light', viewport: { width: 1280, height: 800 }, colorScheme: 'light' },
  { name: 'a desk, dark', viewport: { width: 1280, height: 800 }, colorScheme: 'dark' },
] as const;

test('in every look: nothing is cut off, the same control and texts, and axe is content', async ({
  page,
  signIn,
  chime,
  axe,
}, testInfo) => {
  test.slow();
  async function look(state: string, open = async () => {}) {
    for (const { name, viewport, colorScheme } of looks) {
      await test.step(`${state} on ${name}`, async () => {
        await page.setViewportSize(viewport);
        await page.emulateMedia({ colorScheme });
        await open();
        await picture(page, testInfo.outputPath(`${state} on ${name}.png`));
        await axe(page);
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(overflow).toBeLessThanOrEqual(0);
      });
    }
  }
  await page.goto('/sign-in');
  await look('sign-in');
  await signIn('helpdesk');
  const people = peopleOn(page);
  await page.goto(page.url());
  await look('team');

  await people.go('silva');
  await people.open('Ana Silva');
  await page.keyboard.press('Escape');
  await look('open', async () => {
    await people.plan('Ana Silva').click();
    if (!(await people.option('Pro').isVisible())) await people.plan('Ana Silva').click(); // it was open from the look before
    await expect(people.option('Pro')).toBeVisible();
  });
  await chime.failNext('UpdateUser', 'ServiceFailureException', { count: 3 });
  await people.option('Pro').click();
  await expect(people.row('Ana Silva')).toContainText('We tried 3 times.');
  await look('failed');
});

test('with forced colours and at 400 % the page still works', async ({ page, signIn, axe }, testInfo) => {
  await page.setViewportSize({ width: 320, height: 256 });
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  await signIn('helpdesk');
  const people = peopleOn(page);
  await people.go('ana silva');
  await people.choose('Ana Silva', 'Pro');
  await expect(people.row('Ana Silva')).toContainText('Saved');
  await picture(page, testInfo.outputPath('forced-colours.png'), { fullPage: true });
  await axe(page);
});
