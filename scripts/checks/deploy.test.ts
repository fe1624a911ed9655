import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { root } from '../bootstrap.mjs';

const read = (file: string) => readFileSync(join(root, file), 'utf8');

const composeShape = z.object({
  services: z.record(
    z.string(),
    z.object({
      command: z.array(z.string()).optional(),
      environment: z.record(z.string(), z.string()).optional(),
      env_file: z.union([z.string(), z.array(z.string())]).optional(),
      secrets: z.array(z.string()).optional(),
      volumes: z.array(z.string()).optional(),
      read_only: z.boolean().optional(),
      user: z.string().optional(),
    }),
  ),
  volumes: z.record(z.string(), z.null()).optional(),
  secrets: z.record(z.string(), z.object({ file: z.string() })).optional(),
});

const tags = [{ tag: '!reset', collection: 'seq', resolve: () => [] }] as const;
const composed = (file: string) => composeShape.parse(parse(read(file), { merge: true, customTags: [...tags] }));

/** The settings that docs/operating.md explains. */
const explained = new Set(
  [...read('docs/operating.md').matchAll(/^\| (`[A-Z_]+`[^|]*) \|/gm)].flatMap(([, names = '']) =>
    [...names.matchAll(/`([A-Z_]+)`/g)].map(([, name = '']) => name),
  ),
);
const isSetting = (name: string) => explained.has(name) || explained.has(name.replace(/_FILE$/, ''));
const ofOthers = /^(?:NODE_ENV|AWS_\w+|POSTGRES_\w+|LOCAL_CHIME_\w+)$/;

test('compose starts programs that are there, with settings that are explained and secrets that are files', () => {
  const { services, secrets = {}, volumes = {} } = composed('compose.yaml');

  expect(Object.keys(services).sort()).toEqual(['migrate', 'postgres', 'web', 'worker']);
  for (const [name, service] of Object.entries(services)) {
    const [, program = ''] = service.command ?? [];
    if (name !== 'postgres') {
      expect(existsSync(join(root, program)), program).toBe(true);
      expect(service.read_only, name).toBe(true);
    }
    const used = Object.entries(service.environment ?? {});
    expect(
      used.map(([setting]) => setting).filter((setting) => !isSetting(setting) && !ofOthers.test(setting)),
    ).toEqual([]);
    const mounted = used.flatMap(([, value]) => (value.startsWith('/run/secrets/') ? [value.slice(13)] : []));
    expect(mounted.sort(), name).toEqual([...(service.secrets ?? [])].sort());
    expect((service.secrets ?? []).filter((secret) => !(secret in secrets))).toEqual([]);
    const named = (service.volumes ?? []).filter((volume) => !volume.startsWith('.'));
    expect(named.filter((volume) => !((volume.split(':')[0] ?? '') in volumes))).toEqual([]);
  }
  const local = composed('compose.local-chime.yaml').services;
  expect(existsSync(join(root, local.chime?.command?.[1] ?? ''))).toBe(true);
  expect(Object.keys(local).sort()).toEqual(['chime', 'web', 'worker']);
});

test.each(globSync('deploy/systemd/*.service', { cwd: root }))(
  '%s starts a program that is there, with settings that are explained and secrets that it is given',
  (file) => {
    const lines = read(file).split('\n');
    const values = (key: string) =>
      lines.flatMap((line) => (line.startsWith(`${key}=`) ? [line.slice(key.length + 1)] : []));
    const credentials = values('LoadCredential').map((value) => value.split(':')[0]);
    const settings = values('Environment').map((value) => value.split('=', 2));

    const [program = ''] = values('ExecStart').map((value) => value.split(' ')[1]);
    expect(existsSync(join(root, program)), program).toBe(true);
    expect(settings.map(([name = '']) => name).filter((name) => !isSetting(name) && !ofOthers.test(name))).toEqual([]);
    const taken = settings.flatMap(([, value = '']) => (value.startsWith('%d/') ? [value.slice(3)] : []));
    expect(taken.sort()).toEqual(credentials.sort());
    expect(credentials.filter((name) => !read('docs/production.md').includes(name ?? ''))).toEqual([]);
  },
);

test('only the web is told of the provider, since the worker needs none', () => {
  expect(read('deploy/systemd/carillon-worker.service')).not.toMatch(/OIDC|web\.env/);
  expect(JSON.stringify(composed('compose.yaml').services.worker)).not.toMatch(/OIDC|web\.env/);
});

test.each(globSync('deploy/*.env.example', { cwd: root }))(
  '%s has settings that are explained, and no secret',
  (file) => {
    const names = Object.keys(parseEnv(read(file)));

    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => !isSetting(name) || /SECRET|KEY/.test(name))).toEqual([]);
  },
);

test('the image builds from the lockfile, does not run as root, and has no secret', () => {
  const steps = read('Dockerfile')
    .split('\n')
    .filter((line) => /^[A-Z]+ /.test(line));

  expect(steps.filter((line) => line.startsWith('FROM ')).every((line) => /node:24-/.test(line))).toBe(true);
  expect(steps).toContain('RUN npm ci --no-audit --no-fund');
  expect(steps.findLast((line) => line.startsWith('USER '))).toBe('USER node');
  expect(steps.join('\n')).not.toMatch(/SECRET|KEY|PASSWORD/);
  const ignored = read('.dockerignore').split('\n');
  expect(
    ['.git', '.carillon', 'node_modules', '.env', 'deploy/secrets'].filter((name) => !ignored.includes(name)),
  ).toEqual([]);
});
