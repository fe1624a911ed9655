export type SearchParams = Promise<Record<string, string | string[] | undefined>>;

/** An address as it was asked for, to come back to after the sign-in. */
export async function withAsked(path: string, searchParams: SearchParams): Promise<string> {
  const given = Object.entries(await searchParams).flatMap(([name, value]) =>
    [value ?? []].flat().map((one): [string, string] => [name, one]),
  );
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}
