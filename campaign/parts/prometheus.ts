import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { root } from '../../scripts/bootstrap.mjs';
import { freePort } from '../../scripts/processes/ports.ts';
import { startProgram } from '../../scripts/processes/processes.ts';
import { lastWords } from '../../scripts/processes/programs.ts';

const command = '/usr/bin/prometheus';

export const hasPrometheus = existsSync(command);

/** A minute of the rules takes four seconds here, so that a fault shows in seconds. */
const secondsOfMinute = 4;

/** The age that is too old for a checkpoint: one is kept every 60 s, whatever the rules say of minutes. */
const checkpointAge = { inRules: '> 600', here: '> 100' };

const alertsShape = z.object({
  data: z.object({
    alerts: z.array(z.object({ state: z.string(), labels: z.object({ alertname: z.string() }) })),
  }),
});

/** The alert rules as they are delivered, with shorter times. */
function quickRules(): string {
  const rules = readFileSync(join(root, 'deploy', 'prometheus', 'alerts.yml'), 'utf8');
  if (!rules.includes(checkpointAge.inRules))
    throw new Error('The rules do not say any more how old a checkpoint may be.');
  return rules
    .replace(checkpointAge.inRules, checkpointAge.here)
    .replaceAll(
      /(for: |\[)(\d+)m\b/g,
      (_, before: string, minutes: string) => `${before}${Number(minutes) * secondsOfMinute}s`,
    );
}

/** Prometheus itself, which asks these ports for their metrics and judges them by the alert rules. */
export async function startPrometheus(folder: string, ports: number[]) {
  const place = join(folder, 'prometheus');
  mkdirSync(place);
  writeFileSync(join(place, 'alerts.yml'), quickRules());
  const targets = ports.map((port) => `'127.0.0.1:${port}'`).join(', ');
  writeFileSync(
    join(place, 'prometheus.yml'),
    `global: { scrape_interval: 4s, scrape_timeout: 4s, evaluation_interval: 1s }
rule_files: [alerts.yml]
scrape_configs:
  - job_name: carillon
    static_configs: [{ targets: [${targets}] }]
`,
  );
  const url = `http://127.0.0.1:${await freePort()}`;
  const running = startProgram({
    name: 'prometheus',
    command,
    args: [
      `--config.file=${join(place, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(place, 'data')}`,
      `--web.listen-address=${new URL(url).host}`,
    ],
    logFile: join(place, 'log'),
  });
  while (!(await fetch(`${url}/-/ready`).catch(() => undefined))?.ok) {
    if (!running.isRunning()) throw new Error(`Prometheus ended: ${await running.ended}\n${lastWords(running)}`);
    await pause(100);
  }

  async function alerts(states: string[]): Promise<string[]> {
    const { data } = alertsShape.parse(await (await fetch(`${url}/api/v1/alerts`)).json());
    const named = data.alerts.filter(({ state }) => states.includes(state)).map(({ labels }) => labels.alertname);
    return [...new Set(named)].sort();
  }
  return {
    firing: () => alerts(['firing']),
    /** Waits until nothing fires, or is about to. */
    async calm() {
      while ((await alerts(['firing', 'pending'])).length > 0) await pause(500);
    },
    stop: () => running.stop(),
  };
}
