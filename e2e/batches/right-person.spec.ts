import type { Locator, Page } from '@playwright/test';
import type { ChimeControl } from '../../local-chime/faults/control-client.ts';
import type { Stack } from '../../testing/stack.ts';
import { batchOn } from '../support/batches-page.ts';
import { account, arrive } from '../support/door.ts';
import { expect, test } from '../support/evidence.ts';
import { newBatch, newBatchOn } from '../support/new-batch-page.ts';

for (const hand of ['mouse', 'keyboard'] as const) {
  test(`with the ${hand}: an export and a name with two spellings change those who are meant, and no one else`, async ({
    stack,
    chime,
    page,
    evidence,
  }) => {
    test.setTimeout(240_000);
    const ids = await addPeople(stack, chime);
    await arrive(page.context(), stack, 'admin');
    const on = batchOn(page);
    const by = hand === 'mouse' ? byMouse(page) : byKeyboard(page);

    const ownExport = await page.request.get(`/api/accounts/${account}/users/export?q=Quill`);
    await page.goto(newBatch);
    await by.upload('users.csv', await ownExport.text());
    await expect(page.getByText('these are the plans people have now, not new plans.')).toBeVisible();
    await by.choose(/^Basic /);
    await expect(page.getByText('Not used from the file: “Plan” (column 3). Everyone gets Basic.')).toBeVisible();
    await by.write('Reason', 'Ticket 4720');
    await by.press('button', 'Show preview');
    await expect(on.button('Will change 2')).toBeVisible();
    await by.press('button', 'Change 2 people');
    await on.ended();
    await expect.poll(() => touched(evidence, ids)).toEqual(['Liam Quill: Basic', 'Mara Quill: Basic']);

    await page.goto(newBatch);
    const spellings = ['E-mail', 'josé.pena@nordwind.example', 'jose.pena@nordwind.example'];
    await by.upload('two.csv', spellings.join('\n'));
    await by.choose(/^Pro /);
    await by.write('Reason', 'Ticket 4721');
    await by.press('button', 'Show preview');
    await expect(on.button('Will change 1')).toBeVisible();
    await by.press('button', 'Not clear 1');
    await expect(page.getByText('Nobody has exactly this e-mail, but these are similar.')).toBeVisible();
    await by.press('button', 'Choose Jose Pena, jose.pena@nordwind.example');
    await expect(page.getByRole('alert').filter({ hasText: 'This person is already on the list' })).toBeVisible();
    await by.press('button', 'Choose José Peña, josé.peña@nordwind.example');
    await expect(page.getByRole('status').filter({ hasText: 'José Peña chosen. 2 people will change.' })).toBeVisible();
    await expect(on.heading('People')).toBeFocused();
    await by.press('button', 'Change 2 people');
    await on.ended();
    await expect
      .poll(() => touched(evidence, ids))
      .toEqual(['Jose Pena: Pro', 'José Peña: Pro', 'Liam Quill: Basic', 'Mara Quill: Basic']);
  });

  test(`with the ${hand}: a file of plans is put right, people are left out and put back, and the rest are changed`, async ({
    stack,
    chime,
    page,
    evidence,
  }) => {
    test.setTimeout(240_000);
    const ids = await addPeople(stack, chime);
    await arrive(page.context(), stack, 'admin');
    const on = batchOn(page);
    const by = hand === 'mouse' ? byMouse(page) : byKeyboard(page);

    await page.goto(newBatch);
    const plans = [
      'E-mail;Plan today;Plan from June;Asked for by',
      'ada.quartz@nordwind.example;Basic;Pro;Rosa',
      'bo.quartz@nordwind.example;Basic;Pro;Rosa',
      'cy.quartz@nordwind.example;Basic;Pro;Rosa',
    ];
    await by.upload('plans.csv', plans.join('\r\n'));
    await expect(page.getByText('Nothing says that these are new plans.')).toHaveCount(2);
    await by.pick('Use “Plan from June” (column 3) as', 'Plan');
    await by.pick('Use “Asked for by” (column 4) as', 'Reason');
    await expect(newBatchOn(page).planFromFile).toBeChecked();
    await by.write('Reason', 'Ticket 4722');
    await by.press('button', 'Show preview');
    await expect(on.button('Will change 3')).toBeVisible();
    await expect(page.getByText('Untick people to leave them out.')).toBeVisible();
    await by.press('checkbox', 'Change Ada Quartz');
    await by.press('checkbox', 'Change Bo Quartz');
    await expect(page.getByText('1 person left out. 1 person will change.')).toBeVisible();
    for (const [name, isOn] of [
      ['Ada', false],
      ['Bo', false],
      ['Cy', true],
    ] as const) {
      await expect(page.getByRole('checkbox', { name: `Change ${name} Quartz` })).toBeChecked({ checked: isOn });
    }
    await by.press('button', 'Left out 2');
    await by.press('checkbox', 'Change Bo Quartz');
    await expect(page.getByText('1 person put back. 2 people will change.')).toBeVisible();

    await by.press('link', 'Go back and edit');
    await expect(page.getByText('plans.csv is still selected.')).toBeVisible();
    await expect(newBatchOn(page).planFromFile).toBeChecked();
    await expect(page.getByLabel('Use “Plan from June” (column 3) as')).toHaveValue('license');
    await expect(newBatchOn(page).reason).toHaveValue('Ticket 4722');
    await by.press('button', 'Show preview');
    await expect(on.button('Will change 3')).toBeVisible();
    await by.press('checkbox', 'Change Ada Quartz');
    await expect(page.getByText('1 person left out. 2 people will change.')).toBeVisible();
    await by.press('button', 'Left out 1');
    await by.press('checkbox', 'Change Ada Quartz');
    await expect(page.getByText('1 person put back. 3 people will change.')).toBeVisible();
    await expect(on.heading('People')).toBeFocused();
    await by.press('checkbox', 'Change Cy Quartz');
    await by.press('button', 'Change 2 people');
    await on.ended();

    await expect.poll(() => touched(evidence, ids)).toEqual(['Ada Quartz: Pro', 'Bo Quartz: Pro']);
  });
}

test('a list that was changed in another tab is not submitted as it was seen in this one', async ({
  stack,
  chime,
  page,
  evidence,
}) => {
  const ids = await addPeople(stack, chime);
  await arrive(page.context(), stack, 'admin');
  const on = batchOn(page);
  await on.choose('', 'Pro', 'Ticket 4724');
  await newBatchOn(page).list.fill('ada.quartz@nordwind.example\nbo.quartz@nordwind.example');
  await on.preview();
  await expect(on.button('Change 2 people')).toBeVisible();
  const tab = await page.context().newPage();
  await tab.goto(page.url());
  await tab.getByRole('checkbox', { name: 'Change Bo Quartz' }).click();
  await expect(tab.getByText('1 person left out. 1 person will change.')).toBeVisible();

  await on.button('Change 2 people').click();

  await expect(page.getByRole('alert').filter({ hasText: 'This list has changed' })).toBeVisible();
  expect(await touched(evidence, ids)).toEqual([]);
  await on.button('Change 1 person').click();
  await on.ended();
  await expect.poll(() => touched(evidence, ids)).toEqual(['Ada Quartz: Pro']);
});

const people = [
  ['Mara Quill', 'mara.quill', 'Pro'],
  ['Liam Quill', 'liam.quill', 'Pro'],
  ['José Peña', 'josé.peña', 'Basic'],
  ['Jose Pena', 'jose.pena', 'Basic'],
  ['Ada Quartz', 'ada.quartz', 'Basic'],
  ['Bo Quartz', 'bo.quartz', 'Basic'],
  ['Cy Quartz', 'cy.quartz', 'Basic'],
] as const;

/** Adds people to the directory. Answers their names by their IDs. */
async function addPeople(stack: Stack, chime: ChimeControl): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const [name, address, plan] of people) {
    const { UserId } = await chime.addUser(account, {
      DisplayName: name,
      PrimaryEmail: `${address}@nordwind.example`,
      LicenseType: plan,
      UserType: 'PrivateUser',
      UserRegistrationStatus: 'Registered',
    });
    names.set(UserId, name);
  }
  await stack.refreshMirror();
  return names;
}

/** Everybody changed by Local Chime in this test, with their new plan; of other people, the ID. */
async function touched(
  evidence: { journal(): Promise<{ userId: string; to: string | null }[]> },
  names: Map<string, string>,
) {
  return (await evidence.journal()).map(({ userId, to }) => `${names.get(userId) ?? userId}: ${to}`).sort();
}

type Hand = {
  press(role: 'button' | 'link' | 'checkbox', name: string): Promise<void>;
  /** Chooses one of several radio buttons. */
  choose(name: RegExp | string): Promise<void>;
  pick(label: string, option: string): Promise<void>;
  write(label: string, text: string): Promise<void>;
  upload(name: string, content: string): Promise<void>;
};

function byMouse(page: Page): Hand {
  const choose = (name: RegExp | string) => page.getByRole('radio', { name }).click();
  return {
    choose,
    press: (role, name) => page.getByRole(role, { name, exact: true }).click(),
    async pick(label, option) {
      await page.getByLabel(label).selectOption(option);
    },
    async write(label, text) {
      await page.getByLabel(label).click();
      await page.keyboard.type(text);
    },
    async upload(name, content) {
      await choose('Upload a CSV file');
      const choosing = page.waitForEvent('filechooser');
      await newBatchOn(page).file.click();
      await (await choosing).setFiles(fileOf(name, content));
    },
  };
}

function byKeyboard(page: Page): Hand {
  page.on('filechooser', () => {}); // the browser needs a moment to hand its choosers over, so it is told before the first
  async function choose(name: RegExp | string) {
    const radio = page.getByRole('radio', { name });
    await tabTo(page, radio, true);
    for (let presses = 0; presses < 10 && !(await isFocused(radio)); presses += 1) {
      await page.keyboard.press('ArrowDown');
    }
    await page.keyboard.press('Space');
    await expect(radio).toBeChecked();
  }
  return {
    choose,
    async press(role, name) {
      await tabTo(page, page.getByRole(role, { name, exact: true }));
      await page.keyboard.press(role === 'checkbox' ? 'Space' : 'Enter');
    },
    async pick(label, option) {
      await tabTo(page, page.getByLabel(label));
      await page.keyboard.type(option);
    },
    async write(label, text) {
      await tabTo(page, page.getByLabel(label));
      await page.keyboard.type(text);
    },
    async upload(name, content) {
      await choose('Upload a CSV file');
      await tabTo(page, newBatchOn(page).file);
      const choosing = page.waitForEvent('filechooser');
      await page.keyboard.press('Enter');
      await (await choosing).setFiles(fileOf(name, content));
    },
  };
}

const fileOf = (name: string, content: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(content) });

const isFocused = (target: Locator) => target.evaluate((element) => element === document.activeElement);

/** The Tab key alone leads to a control; of a group of radio buttons, to any of them. */
async function tabTo(page: Page, target: Locator, isGroup = false) {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 200; presses += 1) {
    const isThere = await target.evaluate(
      (element, anyOfGroup) =>
        element === document.activeElement ||
        (anyOfGroup && element.getAttribute('name') === document.activeElement?.getAttribute('name')),
      isGroup,
    );
    if (isThere) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to ${target}`);
}
