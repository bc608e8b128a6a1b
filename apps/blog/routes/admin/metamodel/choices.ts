export interface Choice {
  readonly value: string
  readonly title: string
  readonly isChosen: boolean
}

/** Types to tick, in the order given. One that was chosen and is not there is not among them. */
export function chooseFrom(
  types: readonly { readonly slug: string; readonly title: string }[],
  chosen: readonly string[],
): readonly Choice[] {
  return types.map(({ slug, title }) => ({ value: slug, title, isChosen: chosen.includes(slug) }))
}
