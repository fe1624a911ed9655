import { batches, batchOn } from '../support/batches-page.ts';
import { account, arrive, personCalled } from '../support/door.ts';
import { expect, test } from '../support/evidence.ts';
import { newBatchOn } from '../support/new-batch-page.ts';
import { picture } from '../support/picture.ts';
import { brokenWords, overflow } from '../support/words-in-lines.ts';

const looks = [
  { name: 'a phone, dark', viewport: { width: 320, height: 700 }, colorScheme: 'dark', forcedColors: 'none' },
  { name: 'a desk, light', viewport: { width: 1280, height: 800 }, colorScheme: 'light', forcedColors: 'none' },
  {
    name: 'a phone in forced colours',
    viewport: { width: 320, height: 400 },
    colorScheme: 'light',
    forcedColors: 'active',
  },
] as const;

test('in every look, every state of a batch fits, and axe is content', async ({
  page,
  stack,
  chime,
  axe,
}, testInfo) => {
  test.setTimeout(240_000);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await arrive(page.context(), stack, 'admin');
  const on = batchOn(page);
  async function look(state: string) {
    for (const { name, viewport, ...media } of looks) {
      await test.step(`${state} on ${name}`, async () => {
        await page.setViewportSize(viewport);
        await page.emulateMedia(media);
        await picture(page, testInfo.outputPath(`${state} on ${name}.png`), { fullPage: true });
        await axe(page);
        expect(await overflow(page)).toBeLessThanOrEqual(0);
      });
    }
  }

  await page.goto(batches);
  await look('none');
  await on.choose('?people=filter&plan=Basic', 'Pro', 'Ticket 4711: the whole company is to host');
  await look('filter');
  await newBatchOn(page).choice('Upload a CSV file').check();
  const lines = [
    '#TYPE Selected.Microsoft.ActiveDirectory.Management.ADUser',
    'name;mail;plan;recovery e-mail;contact',
    'Ana;ana.silva@nordwind.example;Basic;a@example.org;b@example.org',
    'Ben;nobody;Gold;;',
    'Cy;cy@nordwind.example;Pro;;',
  ];
  await newBatchOn(page).file.setInputFiles({
    name: 'people of the north.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(lines.join('\n')),
  });
  await page.getByLabel('Column with the plans').selectOption('“plan” (column 3)');
  await expect(page.getByText('2 problems. Lines with a problem are left out.')).toBeVisible();
  await look('file');
  await page.getByLabel('Headings').selectOption('No headings');
  await expect(page.getByText('Which column contains the people')).toBeVisible();
  await look('file with a question');

  await newBatchOn(page).choice('Paste a list').check();
  const { id } = await personCalled(stack, 'Ana Silva');
  await newBatchOn(page).list.fill(`${id}\nnobody@nordwind.example\nMona Brandt`);
  await page.getByRole('radio', { name: /^Basic/ }).check();
  await on.preview();
  await expect(page.getByText('1 line has neither an e-mail nor a user ID, so it is left out.')).toBeVisible();
  await look('preview of nobody');

  await on.choose('?people=filter&plan=Basic', 'Pro', 'Ticket 4711: the whole company is to host');
  await on.preview();
  await newBatchOn(page).choice('Schedule for later').check();
  await newBatchOn(page).start.fill('2031-01-31T18:00');
  await look('preview');
  await newBatchOn(page).choice('Start now').check();
  await chime.throttle(1, 1);
  await on.button(/^Change \d+ people$/).click();
  await expect(on.heading('Progress')).toBeVisible();
  await look('progress');
  await on.button('Pause').click();
  await expect(page.getByText('Nothing more is sent')).toBeVisible();
  await look('paused');
  const failing = await stack.db
    .selectFrom('batch_items')
    .select('user_id')
    .where('state', '=', 'waiting')
    .limit(3)
    .execute();
  for (const { user_id } of failing) {
    if (user_id) await chime.failNext('BatchUpdateUser', 'ForbiddenException', { userId: user_id });
  }
  await chime.throttle(null);
  await on.button('Resume').click();
  await on.ended();
  await look('result');
  await page.goto(batches);
  await look('list');
  await page.goto(`/accounts/${account}/audit`);
  await expect(page.getByRole('link', { name: 'Show batch' }).first()).toBeVisible();
  await look('audit');
});

const longAddress = 'bartholomew.featherstonehaugh@americas.nordwind.example';

test('on every page of a batch and in the audit, no word breaks while there is room, and namesakes are told apart', async ({
  page,
  stack,
  chime,
}, testInfo) => {
  test.setTimeout(120_000);
  const people = [
    { name: 'Bartholomew Featherstonehaugh', email: longAddress },
    { name: 'Bartholomew Featherstonehaugh', email: 'b.featherstonehaugh@nordwind.example' },
    { name: 'Room 4', email: null },
  ];
  const ids: string[] = [];
  for (const { name, email } of people) {
    const { UserId } = await chime.addUser(account, {
      DisplayName: name,
      ...(email && { PrimaryEmail: email }),
      LicenseType: 'Basic',
      UserType: 'PrivateUser',
      UserRegistrationStatus: 'Registered',
    });
    ids.push(UserId);
  }
  await stack.refreshMirror();
  await arrive(page.context(), stack, 'admin');
  const on = batchOn(page);
  async function look(state: string) {
    for (const width of [320, 640, 768, 1024, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      await picture(page, testInfo.outputPath(`${state} ${width}.png`), { fullPage: true });
      expect(await overflow(page), `${state} at ${width}`).toBe(0);
      expect(await brokenWords(page), `${state} at ${width}`).toEqual([]);
    }
  }

  await on.choose('', 'Pro', `Asked for by ${longAddress}`);
  await newBatchOn(page).list.fill([...ids, `nobody.${longAddress}`].join('\n'));
  await on.preview();
  await expect(
    page.getByRole('checkbox', { name: `Change Bartholomew Featherstonehaugh (${longAddress})` }),
  ).toBeChecked();
  await expect(page.getByRole('row').filter({ hasText: 'Room 4' })).toContainText(`User ID ${ids[2]}`);
  await look('preview');
  await on.button('Not found 1').click();
  await look('not found');
  await on.button('Change 3 people').click();
  await on.ended();
  await expect(page.getByText('3 changed, 1 not found.').last()).toBeVisible();
  await on.button('Changed 3').click();
  await look('result');
  await page.goto(batches);
  await look('list');
  await page.goto(`/accounts/${account}/audit`);
  await expect(page.getByRole('link', { name: 'Show batch' }).first()).toBeVisible();
  await look('audit');
});
