export const notSavedSlotId = 'not-saved-slot';

/** Where a page puts its counter of changes that are not saved. */
export const NotSavedSlot = () => <div id={notSavedSlotId} />;
