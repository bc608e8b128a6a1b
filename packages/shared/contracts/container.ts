/** What calendars and market places hang on: a page of the blog. */
export interface Container {
  readonly type: 'page'
  readonly id: string
}

export interface Image {
  /** A path on any of the six apps, such as `/content/images/2026/11/mill.webp`, or an absolute URL. */
  readonly src: string
  readonly alt: string
}
