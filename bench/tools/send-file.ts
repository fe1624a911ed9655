/** Uploads a file in a process of its own, so that sending it holds up nothing that is measured. Arguments: address, cookie, file. */
import { readFile } from 'node:fs/promises';

const [address = '', cookie = '', path = ''] = process.argv.slice(2);
const body = await readFile(path);
const response = await fetch(address, { method: 'POST', headers: { cookie, origin: new URL(address).origin }, body });
await response.arrayBuffer();
if (!response.ok) throw new Error(`The file was answered with ${response.status}`);
