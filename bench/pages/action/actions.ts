'use server';

/** What every server action costs. */
export async function nothing(_input: unknown): Promise<null> {
  return null;
}
