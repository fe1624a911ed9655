/** What is wrong in a JSON text, and where. */
export class BadJson extends Error {
  override name = 'BadJson';
  readonly line: number;

  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

type Path = readonly (string | number)[];

/** A JSON text that has been read: its value, and the line on which each part of it begins. */
export type ReadJson = { value: unknown; lineOf: (path: Path) => number };

/** Deeper than this nobody nests by hand. */
const deepest = 50;

/**
 * Reads JSON (RFC 8259) as `JSON.parse` does, and keeps the lines. A name that stands twice in one object is an error here:
 * `JSON.parse` would silently take the later one.
 */
export function readJson(text: string): ReadJson {
  const lines = new Map<string, number>();
  const tokens = text.matchAll(/\s+|[{}[\],:]|"(?:[^"\\\n]|\\.)*"|[^\s{}[\],:"]+|"/g);
  let line = 1;
  let token = '';

  function next(): string {
    for (let found = tokens.next(); !found.done; found = tokens.next()) {
      if (/\S/.test(found.value[0])) {
        token = found.value[0];
        return token;
      }
      line += found.value[0].split('\n').length - 1;
    }
    token = '';
    return token;
  }

  function readValue(path: Path): unknown {
    if (path.length > deepest) throw new BadJson(line, 'is nested too deeply');
    lines.set(JSON.stringify(path), line);
    if (token === '{') return readObject(path);
    if (token === '[') return readList(path);
    return readPlain();
  }

  function readObject(path: Path): unknown {
    const members = new Map<string, unknown>();
    if (next() !== '}') {
      for (;;) {
        const name = token.startsWith('"') ? readPlain() : undefined;
        if (typeof name !== 'string') throw unexpected('a name in double quotes');
        if (members.has(name)) throw new BadJson(line, `${JSON.stringify(name)} stands here a second time`);
        if (next() !== ':') throw unexpected('":"');
        next();
        members.set(name, readValue([...path, name]));
        if (next() === '}') break;
        if (token !== ',') throw unexpected('"," or "}"');
        next();
      }
    }
    return Object.fromEntries(members);
  }

  function readList(path: Path): unknown {
    const items: unknown[] = [];
    if (next() !== ']') {
      for (;;) {
        items.push(readValue([...path, items.length]));
        if (next() === ']') break;
        if (token !== ',') throw unexpected('"," or "]"');
        next();
      }
    }
    return items;
  }

  function readPlain(): unknown {
    try {
      return JSON.parse(token);
    } catch {
      throw unexpected('a value');
    }
  }

  const unexpected = (wanted: string) =>
    new BadJson(
      line,
      token === '' ? `ends where ${wanted} should be` : `has ${shortened(token)} where ${wanted} should be`,
    );

  next();
  const value = readValue([]);
  if (next() !== '') throw unexpected('the end');
  return { value, lineOf: (path) => nearest(lines, path) };
}

const shortened = (token: string) => JSON.stringify(token.length > 40 ? `${token.slice(0, 40)}…` : token);

/** The line of a path, or of the nearest part around it that is there. */
function nearest(lines: ReadonlyMap<string, number>, path: Path): number {
  for (let length = path.length; length > 0; length -= 1) {
    const line = lines.get(JSON.stringify(path.slice(0, length)));
    if (line !== undefined) return line;
  }
  return lines.get('[]') ?? 1;
}

/** A path as people write it: `groups["Night shift"].role`. */
export function pathText(path: Path): string {
  return path
    .map((step, index) => {
      if (typeof step === 'number') return `[${step}]`;
      if (!/^[A-Za-z_]\w*$/.test(step)) return `[${JSON.stringify(step)}]`;
      return index === 0 ? step : `.${step}`;
    })
    .join('');
}
