import { parse } from '@babel/parser';
import { type Node, traverseFast } from '@babel/types';
import { checkSync } from 'recheck';

/** A regular expression in a source; `source` is undefined where it is put together while the program runs. */
export type Pattern = { file: string; line: number; source: string | undefined; flags: string };

/** The regular expressions of a source file: the literals, and what `RegExp` is given. */
export function patternsIn(file: string, text: string): Pattern[] {
  const found: Pattern[] = [];
  const jsx = file.endsWith('x') ? (['jsx'] as const) : [];
  traverseFast(parse(text, { sourceType: 'module', plugins: ['typescript', ...jsx] }), (node) => {
    const line = node.loc?.start.line ?? 0;
    if (node.type === 'RegExpLiteral') found.push({ file, line, source: node.pattern, flags: node.flags });
    if ((node.type === 'NewExpression' || node.type === 'CallExpression') && isRegExp(node.callee)) {
      const [source, flags] = node.arguments;
      found.push({ file, line, source: textOf(source), flags: textOf(flags) ?? '' });
    }
  });
  return found;
}

function isRegExp(callee: Node): boolean {
  return callee.type === 'Identifier' && callee.name === 'RegExp';
}

function textOf(node: Node | undefined): string | undefined {
  if (node?.type === 'StringLiteral') return node.value;
  if (node?.type === 'TemplateLiteral' && node.expressions.length === 0)
    return node.quasis[0]?.value.cooked ?? undefined;
  return undefined;
}

const deadlineMs = 300_000; // for a busy machine; alone, each takes less than three seconds

/**
 * How the time that a regular expression takes grows with what it is held against, where that is faster than the text
 * does: "2nd degree polynomial", "exponential", or why it cannot be told. Undefined where it grows as the text does.
 */
export function growthOf({ source, flags }: Pattern): string | undefined {
  if (source === undefined) return 'not known, since it is put together while the program runs';
  process.env.RECHECK_SYNC_BACKEND = 'pure'; // the same on every platform
  const found = checkSync(source, flags, { timeout: deadlineMs, randomSeed: 1 });
  if (found.status === 'safe') return undefined;
  return found.status === 'vulnerable' ? found.complexity.summary : `not known (${found.error.kind})`;
}
