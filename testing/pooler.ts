import { chownSync, existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../scripts/processes/ports.ts';
import { type RunningProgram, startProgram } from '../scripts/processes/processes.ts';
import { provideSystemUser } from '../scripts/processes/system-user.ts';

const command = '/usr/sbin/pgbouncer';

/** Whether this machine has PgBouncer (Debian's package `pgbouncer`), which `npm test` does without. */
export const hasPooler = existsSync(command);

/** PgBouncer in transaction mode before a server: `through` gives the address by way of it, for logins that were named. */
export async function startPooler(serverUrl: string, logins: { name: string; password: string }[]) {
  const folder = mkdtempSync(join(tmpdir(), 'carillon-pooler-'));
  const user = process.getuid?.() === 0 ? provideSystemUser('postgres') : undefined;
  const port = await freePort();
  const { hostname, port: serverPort } = new URL(serverUrl);
  const config = join(folder, 'pgbouncer.ini');
  const users = join(folder, 'users.txt');
  writeFileSync(users, logins.map(({ name, password }) => `"${name}" "${password}"\n`).join(''));
  writeFileSync(
    config,
    `[databases]
* = host=${hostname} port=${serverPort}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = plain
auth_file = ${users}
pool_mode = transaction
default_pool_size = 5
max_client_conn = 1000
server_idle_timeout = 5
`,
  );
  mkdirSync(folder, { recursive: true });
  if (user) for (const path of [folder, config, users]) chownSync(path, user.uid, user.gid);

  let running: RunningProgram;
  async function start() {
    running = startProgram({
      name: 'pgbouncer',
      command,
      args: [config],
      user,
      cwd: '/',
      logFile: join(folder, 'log'),
    });
    while (running.isRunning() && !(await isOpen(port))) await sleep(20);
  }
  await start();
  return {
    through(url: string) {
      const address = new URL(url);
      address.hostname = '127.0.0.1';
      address.port = String(port);
      return address.href;
    },
    async restart() {
      running.kill();
      await running.ended;
      await start();
    },
    async stop() {
      await running.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}
