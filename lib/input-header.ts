/**
 * The header for what people write and choose in a POST whose body is a file, as form-encoded text: the address would stand in
 * the logs of every server in between.
 */
export const inputHeader = 'x-carillon-input';

/** Reads that header; an absent one holds nothing. */
export const inputFrom = ({ headers }: Request): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(headers.get(inputHeader) ?? ''));
