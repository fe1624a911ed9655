import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { openMetrics } from './metrics.ts';

const fileOf = (name: string) => readFileSync(new URL(`../../deploy/${name}`, import.meta.url), 'utf8');

const ruleShape = z.strictObject({
  alert: z.string().regex(/^Carillon[A-Za-z]+$/),
  expr: z.string(),
  for: z.string().regex(/^\d+m$/),
  labels: z.strictObject({ severity: z.enum(['critical', 'warning']) }),
  annotations: z.strictObject({ summary: z.string().min(10), todo: z.string().regex(/^[A-Z][^\n]{30,}\.$/) }),
});
const alertsShape = z.object({ groups: z.tuple([z.object({ rules: z.array(ruleShape) })]) });
const plantedShape = z.object({
  tests: z.array(
    z.object({ promql_expr_test: z.tuple([z.object({ exp_samples: z.array(z.object({ labels: z.string() })) })]) }),
  ),
});
const dashboardShape = z.object({
  panels: z.array(z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })).min(1) })),
});

const rules = alertsShape.parse(parse(fileOf('prometheus/alerts.yml'))).groups[0].rules;
const { panels } = dashboardShape.parse(JSON.parse(fileOf('grafana/carillon.json')));

/** Every metric that web or worker has; a histogram is asked for by its parts. */
const known = new Set(
  (['web', 'worker'] as const)
    .flatMap((program) => openMetrics({ program, version: '0', schema: '0' }).names())
    .flatMap((name) => [name, `${name}_bucket`, `${name}_count`, `${name}_sum`]),
);

/** The metrics in an expression: names with an underscore, without labels, their values and what sums are made by. */
const metricsIn = (expr: string): string[] =>
  expr
    .replaceAll(/\{[^}]*\}|\b(?:by|on|without|ignoring) ?\([^)]*\)/g, '')
    .match(/\b[a-z]+_[a-z0-9_]+\b/g)
    ?.filter((name) => name !== 'histogram_quantile') ?? [];

test('there are ten alerts, each with what to do, and each has a planted fault that fires it', () => {
  const alerts = rules.map(({ alert }) => alert);
  expect(new Set(alerts).size).toBe(10);
  const { tests } = plantedShape.parse(parse(fileOf('prometheus/alerts.test.yml')));
  const fired = tests.flatMap(({ promql_expr_test: [{ exp_samples }] }) =>
    exp_samples.map(({ labels }) => /alertname="(\w+)"/.exec(labels)?.[1]),
  );
  expect(fired.sort()).toEqual(alerts.sort());
});

test.each([
  ...rules.map(({ alert, expr }) => [alert, expr]),
  ...panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [title, expr])),
])('%s asks for metrics that there are: %s', (_, expr = '') => {
  expect(metricsIn(expr).length).toBeGreaterThan(0);
  for (const name of metricsIn(expr)) expect(known).toContain(name);
});
