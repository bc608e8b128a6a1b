/** Every run draws the same graphs, posts and updates. */
export const seeds = {
  random: 3,
  dag: 5,
  cyclic: 7,
  blog: 26,
  blogUpdates: 17,
  closureUpdates: 23,
  proofs: 29,
} as const
