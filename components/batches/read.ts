import { awayHeaders } from '../live/away.ts';

/** Our server answered, and said no. */
export class ReadRefused extends Error {
  override name = 'ReadRefused';
  readonly status: number;

  constructor(status: number) {
    super(`Read refused with ${status}`);
    this.status = status;
  }
}

export async function readJson<T>(address: string, signal: AbortSignal): Promise<T> {
  const response = await fetch(address, { signal, headers: awayHeaders(), cache: 'no-store' });
  if (response.ok) return response.json();
  throw new ReadRefused(response.status);
}
