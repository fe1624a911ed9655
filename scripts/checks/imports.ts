import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { parse } from '@babel/parser';
import { type Node, traverseFast } from '@babel/types';
import { root } from '../bootstrap.mjs';

/** An import of one of our files by another; `isType` where nothing of it is left when the program runs. */
export type Import = { from: string; to: string; isType: boolean };

/** The product's own sources, without tests. */
export const sourceFiles = (): string[] =>
  globSync('{app,components,lib,local-chime}/**/*.{ts,tsx}', { cwd: root })
    .filter((file) => !/\.test\.tsx?$|\/testing\//.test(file))
    .sort();

export function importsOf(files: string[]): Import[] {
  const known = new Set(files);
  return files
    .flatMap((file) => importsIn(file, readFileSync(join(root, file), 'utf8')))
    .filter(({ to }) => known.has(to));
}

/** What the text of a file imports; a package stands there as if it were a file beside it. */
export function importsIn(from: string, text: string): Import[] {
  const jsx = from.endsWith('x') ? (['jsx'] as const) : [];
  const found: Import[] = [];
  traverseFast(parse(text, { sourceType: 'module', plugins: ['typescript', ...jsx] }), (node) => {
    const { name, isType } = namedFile(node) ?? {};
    if (name === undefined || isType === undefined) return;
    const to = name.startsWith('@/') ? name.slice(2) : relative(root, resolve(root, dirname(from), name));
    found.push({ from, to, isType });
  });
  return found;
}

/** The file that a statement, a call of `import()` or a type names, as it is written there. */
function namedFile(node: Node): { name: string; isType: boolean } | undefined {
  switch (node.type) {
    case 'ImportDeclaration': {
      const names = node.specifiers;
      const areTypes =
        names.length > 0 && names.every((name) => name.type === 'ImportSpecifier' && name.importKind === 'type');
      return { name: node.source.value, isType: node.importKind === 'type' || areTypes };
    }
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
      return node.source ? { name: node.source.value, isType: node.exportKind === 'type' } : undefined;
    case 'ImportExpression':
      return node.source.type === 'StringLiteral' ? { name: node.source.value, isType: false } : undefined;
    case 'TSImportType':
      return { name: node.source.value, isType: true };
    default:
      return undefined;
  }
}

/** Groups that import each other round and round (Tarjan's strongly connected components), the largest first. */
export function cyclesOf(links: { from: string; to: string }[]): string[][] {
  const next = Map.groupBy(links, ({ from }) => from);
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const cycles: string[][] = [];
  const visit = (node: string) => {
    index.set(node, index.size);
    low.set(node, index.get(node) ?? 0);
    stack.push(node);
    for (const { to } of next.get(node) ?? []) {
      if (!index.has(to)) visit(to);
      if (stack.includes(to)) low.set(node, Math.min(low.get(node) ?? 0, low.get(to) ?? 0));
    }
    if (low.get(node) !== index.get(node)) return;
    const group = stack.splice(stack.indexOf(node));
    if (group.length > 1) cycles.push(group);
  };
  for (const node of next.keys()) if (!index.has(node)) visit(node);
  return cycles.sort((one, other) => other.length - one.length);
}
