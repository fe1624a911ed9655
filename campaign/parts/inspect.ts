import { readFileSync } from 'node:fs';
import { z } from 'zod';

const targetsShape = z.array(z.object({ webSocketDebuggerUrl: z.string() })).min(1);
const answerShape = z.object({ id: z.number(), result: z.object({ usedSize: z.number().optional() }).optional() });

/** Memory of a program, in bytes: what the system has given it, and what its heap holds once its garbage is collected. */
export async function memoryOf(pid: number, inspectorPort: number): Promise<{ resident: number; heap: number }> {
  const response = await fetch(`http://127.0.0.1:${inspectorPort}/json/list`);
  const [target] = targetsShape.parse(await response.json());
  const socket = new WebSocket(target?.webSocketDebuggerUrl ?? '');
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve, { once: true });
    socket.addEventListener('error', reject, { once: true });
  });
  const ask = (id: number, method: string) =>
    new Promise<number>((resolve) => {
      const hear = ({ data }: MessageEvent) => {
        const answer = answerShape.safeParse(JSON.parse(String(data))).data;
        if (answer?.id !== id) return;
        socket.removeEventListener('message', hear);
        resolve(answer.result?.usedSize ?? 0);
      };
      socket.addEventListener('message', hear);
      socket.send(JSON.stringify({ id, method }));
    });
  try {
    await ask(1, 'HeapProfiler.collectGarbage');
    return { heap: await ask(2, 'Runtime.getHeapUsage'), resident: residentOf(pid) };
  } finally {
    socket.close();
  }
}

/** As Linux says it, in kB. */
function residentOf(pid: number): number {
  const kB = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kB ?? 0) * 1_024;
}
