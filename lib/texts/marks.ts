/** A text without its marks for bold, for speech and the clipboard. */
export const unmarked = (text: string) => text.replaceAll('**', '');
