import { expect, test } from './fixtures.ts';
import { peopleOn } from './people-page.ts';

const looks = [
  { name: 'a phone, light', viewport: { width: 320, height: 700 }, colorScheme: 'light' },
  { name: 'a phone, dark', viewport: { width: 320, height: 700 }, colorScheme: 'dark' },
  { name: 'a desk, light', viewport: { width: 1280, height: 800 }, colorScheme: 'light' },
  { name: 'a desk, dark', viewport: { width: 1280, height: 800 }, colorScheme: 'dark' },
] as const;

for (const { name, viewport, colorScheme } of looks) {
  test(`on ${name}: nothing is cut off, the same control and texts, and axe is content`, async ({
    page,
    signIn,
    chime,
    axe,
  }, testInfo) => {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    await page.goto('/sign-in');
    await axe(page);
    await page.screenshot({ path: testInfo.outputPath('sign-in.png') });
    await signIn('helpdesk');
    const people = peopleOn(page);
    await page.goto(page.url());
    await axe(page);
    await page.screenshot({ path: testInfo.outputPath('team.png') });

    await people.go('silva');
    await people.open('Ana Silva');
    await page.screenshot({ path: testInfo.outputPath('open.png') });
    await axe(page);
    await chime.failNext('UpdateUser', 'ServiceFailureException', { count: 3 });
    await people.option('Pro').click();
    await expect(people.row('Ana Silva')).toContainText('We tried 3 times.');
    await page.screenshot({ path: testInfo.outputPath('failed.png') });
    await axe(page);

    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
  });
}

test('with forced colours and at 400 % the page still works', async ({ page, signIn, axe }, testInfo) => {
  await page.setViewportSize({ width: 320, height: 256 });
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  await signIn('helpdesk');
  const people = peopleOn(page);
  await people.go('ana silva');
  await people.choose('Ana Silva', 'Pro');
  await expect(people.row('Ana Silva')).toContainText('Saved');
  await page.screenshot({ path: testInfo.outputPath('forced-colours.png'), fullPage: true });
  await axe(page);
});
