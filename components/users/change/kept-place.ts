/** Where in the tab's storage choices are kept that were not sent. */
export const keptPlace = 'carillon.kept';

/** Whether any are, of any account and operator. */
export function isAnyChoiceKept(): boolean {
  try {
    return sessionStorage.getItem(keptPlace) !== null;
  } catch {
    return false;
  }
}
