/** What can be done with several posts at once. */
export type BulkAction =
  | { readonly kind: 'publish' | 'unpublish' | 'feature' | 'unfeature' }
  | { readonly kind: 'visibility'; readonly visibility: 'public' | 'members' | 'paid' }
  | { readonly kind: 'add-tag' | 'remove-tag'; readonly tag: string }

/** How many posts at once. */
export const bulkLimit = 200
