/** The account that an address is about, if it is about one. */
export const accountInAddress = (pathname: string): string | undefined => /^\/accounts\/([^/]+)/.exec(pathname)?.[1];
