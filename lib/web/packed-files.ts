import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { dirname, extname, join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

const types: Record<string, string> = {
  '.js': 'application/javascript; charset=UTF-8',
  '.css': 'text/css; charset=UTF-8',
};

const packedIn = (build: string) => join(build, 'packed');

/** Packs the scripts and styles of a build, as small as brotli can, into a folder `packed` of the build. */
export function packFiles(build: string): void {
  rmSync(packedIn(build), { recursive: true, force: true });
  for (const name of filesIn(join(build, 'static'))) {
    if (types[extname(name)] === undefined) continue;
    const content = readFileSync(join(build, 'static', name));
    const file = join(packedIn(build), name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(
      file,
      brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }),
    );
  }
}

/**
 * Answers requests for the scripts and styles of a build with what was packed when it was made: Next itself packs them again for each
 * request, and less. False where it has not answered: another file, or a reader who does not take brotli.
 */
export function packedFilesOf(
  build = '.next',
): (request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>, response: ServerResponse) => boolean {
  const files = new Map(
    filesIn(packedIn(build)).map((name) => [
      `/_next/static/${name}`,
      { content: readFileSync(join(packedIn(build), name)), type: types[extname(name)] },
    ]),
  );
  return ({ method, url = '', headers }, response) => {
    const file = files.get(url);
    if (!file || (method !== 'GET' && method !== 'HEAD') || headers.range || !takesBrotli(headers)) return false;
    response.writeHead(200, {
      'Content-Type': file.type,
      'Content-Encoding': 'br',
      'Content-Length': file.content.length,
      'Cache-Control': 'public, max-age=31536000, immutable', // its name tells its content
      Vary: 'Accept-Encoding',
    });
    response.end(file.content);
    return true;
  };
}

/** RFC 9110, 12.5.3: named, and not with a weight of zero. */
const takesBrotli = (headers: IncomingMessage['headers']) =>
  String(headers['accept-encoding'] ?? '')
    .split(',')
    .map((one) => one.replaceAll(' ', '').toLowerCase())
    .some((one) => one === 'br' || (one.startsWith('br;q=') && Number(one.slice(5)) > 0));

/** The names of all files below a folder, with `/` between their parts; none where there is no such folder. */
function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
