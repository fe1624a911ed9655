/** For a page that could not be shown. */
export const broken = {
  title: 'Something went wrong',
  text: (reference: string | undefined) =>
    `This page could not be shown. No changes were made. Try again; if it keeps failing, ask your admin${reference ? ` and give them this reference: ${reference}` : ''}.`,
  /** `at` in ISO 8601: the same letters as in the log. */
  reference: (digest: string, at: string) => `${digest}, ${at}`,
  retry: 'Try again',
};
