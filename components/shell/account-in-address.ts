/** The account that an address is about, if it is about one: `/accounts/tokens`, `/accounts/trend/compare` and the like are of none. */
export const accountInAddress = (pathname: string): string | undefined =>
  /^\/accounts\/(?!trend\/)([^/]+)\//.exec(pathname)?.[1];

const sections = ['users', 'licenses', 'trend', 'batches', 'audit'] as const;

/** The kind of page an address is of, the people where it is of none of an account's. */
export function sectionInAddress(pathname: string): (typeof sections)[number] {
  const section = /^\/accounts\/[^/]+\/([^/]+)/.exec(pathname)?.[1];
  return sections.find((one) => one === section) ?? 'users';
}
