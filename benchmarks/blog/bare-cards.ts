export type Card = Readonly<Record<string, string>>

/** A template that has the cards of a list as `{{#each cards}}{{> card}}{{/each}}`, and what they show. */
export interface Cards {
  readonly template: string
  /** Undefined when there is no list. */
  readonly cardTemplate: string | undefined
  readonly cards: readonly Card[]
}

const cardPattern = /<li ><article class="post-card [\s\S]*?<\/article><\/li>/g
/** What is not the same on each card, with what stands before it. */
const values: Readonly<Record<string, RegExp>> = {
  image: /(<img src=")([^"]*)/,
  imageAlt: /( alt=")([^"]*)/,
  tagUrl: /(<p class="eyebrow"><a href=")([^"]*)/,
  tag: /(<p class="eyebrow"><a href="[^"]*">)([^<]*)/,
  url: /(<h2 class="post-card-title"><a href=")([^"]*)/,
  title: /(<h2 class="post-card-title"><a href="[^"]*">)([^<]*)/,
  excerpt: /(<p class="post-card-excerpt">)([^<]*)/,
  byline: /(<span>)([^<]*)/,
  publishedAt: /(<time datetime=")([^"]*)/,
  published: /(<time datetime="[^"]*">)([^<]*)/,
}

/** Takes the cards out of a page, but for the first, which is larger than the others. */
export function findCards(html: string): Cards {
  const found = html.match(cardPattern) ?? []
  const [first, last] = [found[0], found.at(-1)]
  if (first === undefined || last === undefined)
    return { template: html, cardTemplate: undefined, cards: [] }
  const list = html.slice(html.indexOf(first), html.indexOf(last) + last.length)
  const cards = found.map((card) =>
    Object.fromEntries(
      Object.entries(values).map(([name, pattern]) => [name, pattern.exec(card)?.[2] ?? '']),
    ),
  )
  let cardTemplate = first
  for (const [name, pattern] of Object.entries(values))
    cardTemplate = cardTemplate.replace(pattern, `$1{{${name}}}`)
  return { template: html.replace(list, '{{#each cards}}{{> card}}{{/each}}'), cardTemplate, cards }
}
