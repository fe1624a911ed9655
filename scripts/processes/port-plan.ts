import { freePort, isPortFree } from './ports.ts';
import type { Environment } from './processes.ts';

export type PlannedPort = { setting: string; what: string; port: number };

/** Reads a port from the environment; throws one clear line when it is none. */
export function planPort(
  setting: string,
  what: string,
  otherwise: number,
  env: Environment = process.env,
): PlannedPort {
  const text = env[setting] || String(otherwise);
  const port = /^\d+$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65_535) throw new Error(`${setting}=${text} is not a port: give a number from 1 to 65535`);
  return { setting, what, port };
}

/**
 * Where web and worker say how they are: `OPS_PORT` and the port after it, since one setting cannot be the port of both on one machine.
 * None where it is not set.
 */
export function planOpsPorts(env: Environment = process.env): PlannedPort[] {
  if (!env.OPS_PORT) return [];
  const web = planPort('OPS_PORT', 'health of the web', 0, env);
  if (web.port === 65_535) throw new Error('OPS_PORT=65535 leaves no port for the worker: give a lower number');
  return [web, { ...web, what: 'health of the worker', port: web.port + 1 }];
}

/** Throws, naming every port that is taken, before anything is started. */
export async function refuseTakenPorts(planned: PlannedPort[]): Promise<void> {
  const complaints: string[] = [];
  for (const [index, { setting, what, port }] of planned.entries()) {
    const rival = planned.slice(0, index).find((other) => other.port === port);
    if (rival)
      complaints.push(`Port ${port} is given twice: to ${rival.what} (${rival.setting}) and to ${what} (${setting})`);
    else if (!(await isPortFree(port))) complaints.push(`Port ${port} (${what}, ${setting}) is in use`);
  }
  if (complaints.length === 0) return;
  const example = `${planned.map(({ setting }) => setting).find((setting) => complaints.join().includes(setting))}=${await freePort()}`;
  throw new Error(`${complaints.join('\n')}\nFree it, or choose another: ${example} npm start`);
}
