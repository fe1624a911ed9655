/**
 * Whether a line with one address lists people, as `Ana Silva; ben@example.com; Rui Costa`, and is no row of cells about one
 * person: mail programs write a blank behind each separator, spreadsheets do not.
 */
export const separatesPeople = (line: string): boolean =>
  !line.includes('\t') && /[,;]\s/.test(line) && !/[,;](?!\s|$)/.test(line);
