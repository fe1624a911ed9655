import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { startCollector } from '../../testing/collector.ts';
import { anaTo, syncEverything, withDesk } from '../../testing/desk.ts';
import { syncAccounts } from '../mirror/sync-mirror.ts';
import { openTraces } from './open-traces.ts';
import { inSpan } from './spans.ts';

test('a change is one span with its calls to Chime below it, with our ID of the request and that of AWS, and nothing of the person', () =>
  withDesk(async ({ deps, change, chimeService }) => {
    const collector = await startCollector();
    const traces = await openTraces('web', { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });

    const [outcome] = await change([anaTo('Pro')]);
    await syncAccounts(deps);
    await deps.db.updateTable('accounts').set({ sync_wanted: true }).execute();
    await syncEverything(deps);
    await traces.close();

    const spans = collector.spans();
    const one = spans.find(({ name }) => name === 'change a license');
    const call = spans.find(({ name }) => name === 'UpdateUser');
    expect(call).toMatchObject({ traceId: one?.traceId, parentSpanId: one?.spanId });
    expect(one?.facts).toEqual({
      'carillon.request_id': expect.stringMatching(/^[0-9a-f-]{36}$/),
      'carillon.account_id': chimeService.accounts.enterprise,
      'carillon.change_id': outcome?.changeId,
    });
    expect(call?.facts).toEqual({
      'rpc.system.name': 'aws-api',
      'rpc.method': 'UpdateUser',
      'carillon.account_id': chimeService.accounts.enterprise,
      'carillon.request_id': one?.facts['carillon.request_id'],
      'http.response.status_code': 200,
      'aws.request_id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    const listed = spans.find(({ name }) => name === 'list an account');
    expect(spans).toContainEqual(expect.objectContaining({ name: 'ListUsers', parentSpanId: listed?.spanId }));
    expect(collector.text()).not.toMatch(/silva|okafor|nordwind|"ana"|"ben"/i);
    await collector.stop();
  }));

test('a fault is marked in its span by its kind alone', async () => {
  const collector = await startCollector();
  const traces = await openTraces('worker', { OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.url}/` });
  const fault = Object.assign(new Error('about Ana Silva'), { code: '23505' });

  await expect(inSpan({ name: 'outer' }, () => inSpan({ name: 'inner' }, () => Promise.reject(fault)))).rejects.toBe(
    fault,
  );
  await traces.close();

  const [inner, outer] = collector.spans();
  expect(inner).toMatchObject({ name: 'inner', parentSpanId: outer?.spanId, status: { code: 2 } });
  expect(inner?.facts).toEqual({ 'error.type': '23505' });
  expect(collector.text()).not.toContain('Ana');
  await collector.stop();
});

/** What a program of its own prints that opens traces with these settings, does one thing in a span, and ends. */
async function printed(settings: { OTEL_EXPORTER_OTLP_ENDPOINT?: string }): Promise<string[]> {
  const ofLib = (file: string) => JSON.stringify(join(process.cwd(), 'lib', file));
  const script = `
    const { registerHooks } = await import('node:module');
    let isLoaded = false;
    registerHooks({
      resolve(name, context, next) {
        isLoaded ||= name.includes('opentelemetry');
        return next(name, context);
      },
    });
    await import(${ofLib('chime/chime.ts')});
    const { openTraces } = await import(${ofLib('traces/open-traces.ts')});
    const { inSpan } = await import(${ofLib('traces/spans.ts')});
    const traces = await openTraces('web', ${JSON.stringify(settings)});
    console.log(await inSpan({ name: 'work' }, async () => 'done'), isLoaded);
    await traces.close();`;
  const env = { ...process.env, LOG_LEVEL: 'info' };
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { env });
  return stdout.trim().split('\n');
}

test('without the setting nothing of OpenTelemetry is loaded', async () => {
  expect(await printed({})).toEqual(['done false']);
});

test('a collector that takes nothing is told of, and keeps nothing from working', async () => {
  const collector = await startCollector(400);
  expect(await printed({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url })).toEqual([
    'done true',
    expect.stringContaining('Traces cannot be sent to OTEL_EXPORTER_OTLP_ENDPOINT'),
  ]);
  await collector.stop();
});
