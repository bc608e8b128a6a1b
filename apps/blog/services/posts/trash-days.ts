/** Days after which what lies in the trash is deleted for good. */
export const trashDays = 30
