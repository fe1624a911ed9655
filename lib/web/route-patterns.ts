import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isSiteFile } from '../headers.ts';

/** Next's own list of its pages and routes (`.next/routes-manifest.json`), those that are more exact first. */
const manifestShape = z.object({
  staticRoutes: z.array(z.object({ page: z.string() })),
  dynamicRoutes: z.array(z.object({ page: z.string() })),
});

/** The patterns of a build, by which a path is told without what stands in it. */
export function routesOfBuild(folder = '.next'): (path: string) => string {
  const manifest = manifestShape.parse(JSON.parse(readFileSync(join(folder, 'routes-manifest.json'), 'utf8')));
  return routePatterns([...manifest.staticRoutes, ...manifest.dynamicRoutes].map(({ page }) => page));
}

/** Tells of a path by which of these patterns it is answered; `other` where by none of them. */
export function routePatterns(pages: string[]): (path: string) => string {
  const known = pages.map((page) => ({ page, parts: partsOf(page) }));
  return (path) => {
    if (path.startsWith('/_next/')) return '/_next';
    if (isSiteFile(path)) return '/public';
    const parts = partsOf(path);
    return known.find((one) => fits(one.parts, parts))?.page ?? 'other';
  };
}

const partsOf = (path: string): string[] => path.split('/').filter((part) => part !== '');

function fits(pattern: string[], parts: string[]): boolean {
  const isOpen = pattern.at(-1)?.startsWith('[...') === true;
  if (isOpen ? parts.length < pattern.length : parts.length !== pattern.length) return false;
  return pattern.every((part, at) => part.startsWith('[') || part === parts[at]);
}
