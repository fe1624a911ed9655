import { startCollector } from '../testing/collector.ts';
import { account, callAction, signedIn } from './support/door.ts';
import { expect, test } from './support/evidence.ts';

test('a web that is given a collector tells it of a change: the action, the change below it, the call below that, and nobody by name', async ({
  stack,
  chime,
}) => {
  const person = await chime.addUser(account, {
    DisplayName: 'Tessa Quill',
    PrimaryEmail: 'tessa.quill@nordwind.example',
    LicenseType: 'Basic',
  });
  await stack.refreshMirror();
  const collector = await startCollector();
  const web = await stack.anotherWeb({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
  await web.start();
  const helpdesk = await signedIn({ ...stack, url: web.url }, 'helpdesk');

  const choices = [{ userId: person.UserId, from: 'Basic', to: 'Pro' }];
  await callAction({ url: web.url }, 'changeLicenses', { accountId: account, choices }, helpdesk);
  await web.stop();

  const spans = collector.spans();
  const call = spans.find(({ name }) => name === 'UpdateUser');
  const change = spans.find(({ spanId }) => spanId === call?.parentSpanId);
  const action = spans.find(({ spanId }) => spanId === change?.parentSpanId);
  expect([action?.name, change?.name]).toEqual(['change-plans', 'change a license']);
  expect(action?.facts).toMatchObject({ 'carillon.outcome': 'ok' });
  expect(call?.facts).toMatchObject({
    'carillon.request_id': action?.facts['carillon.request_id'],
    'aws.request_id': expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
  for (const personal of [person.UserId, 'Quill', 'nordwind', 'Dana', 'quill']) {
    expect(collector.text()).not.toContain(personal);
  }
  await collector.stop();
});
