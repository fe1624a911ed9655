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
  const reader = new Reader(text);
  const value = reader.readAll();
  return { value, lineOf: (path) => nearest(reader.lines, path) };
}

class Reader {
  readonly lines = new Map<string, number>();
  readonly #tokens: Iterator<RegExpExecArray>;
  #line = 1;
  #token = '';

  constructor(text: string) {
    this.#tokens = text.matchAll(/\s+|[{}[\],:]|"(?:[^"\\\n]|\\.)*"|[^\s{}[\],:"]+|"/g);
  }

  readAll(): unknown {
    this.#next();
    const value = this.#readValue([]);
    if (this.#next() !== '') throw this.#unexpected('the end');
    return value;
  }

  #next(): string {
    for (let found = this.#tokens.next(); !found.done; found = this.#tokens.next()) {
      const [token] = found.value;
      if (/\S/.test(token)) {
        this.#token = token;
        return token;
      }
      this.#line += token.split('\n').length - 1;
    }
    this.#token = '';
    return this.#token;
  }

  #readValue(path: Path): unknown {
    if (path.length > deepest) throw new BadJson(this.#line, 'is nested too deeply');
    this.lines.set(JSON.stringify(path), this.#line);
    if (this.#token === '{') return this.#readObject(path);
    if (this.#token === '[') return this.#readList(path);
    return this.#readPlain();
  }

  #readObject(path: Path): unknown {
    const members = new Map<string, unknown>();
    if (this.#next() === '}') return {};
    for (;;) {
      const name = this.#token.startsWith('"') ? this.#readPlain() : undefined;
      if (typeof name !== 'string') throw this.#unexpected('a name in double quotes');
      if (members.has(name)) throw new BadJson(this.#line, `${JSON.stringify(name)} stands here a second time`);
      if (this.#next() !== ':') throw this.#unexpected('":"');
      this.#next();
      members.set(name, this.#readValue([...path, name]));
      if (this.#isEnd('}')) return Object.fromEntries(members);
    }
  }

  #readList(path: Path): unknown {
    const items: unknown[] = [];
    if (this.#next() === ']') return items;
    for (;;) {
      items.push(this.#readValue([...path, items.length]));
      if (this.#isEnd(']')) return items;
    }
  }

  /** Whether the end follows; otherwise a comma has to, and the next part begins. */
  #isEnd(end: string): boolean {
    if (this.#next() === end) return true;
    if (this.#token !== ',') throw this.#unexpected(`"," or "${end}"`);
    this.#next();
    return false;
  }

  #readPlain(): unknown {
    try {
      return JSON.parse(this.#token);
    } catch {
      throw this.#unexpected('a value');
    }
  }

  #unexpected(wanted: string): BadJson {
    const token = this.#token;
    return new BadJson(
      this.#line,
      token === '' ? `ends where ${wanted} should be` : `has ${shortened(token)} where ${wanted} should be`,
    );
  }
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
