/**
 * The shapes of the demo files, for whoever loads them.
 *
 * `blog/export.json` has no type here: it is a Ghost export, and `blog/` is exactly what a Ghost
 * archive unzips to (`export.json` beside `content/images/…`), so the Ghost importer reads it.
 * Everything else is one of the files below, found by name in this folder:
 *
 * - `market.json` is a `DemoMarketFile`
 * - `events.json` is a `DemoEventsFile`
 * - `accounts.json` is a `DemoAccountsFile`
 */

/** A picture in this folder. All pictures are WebP. */
export interface DemoImage {
  /** Path below `packages/local/demo`, such as `market/images/mill-loaf.webp`. */
  readonly file: string
  readonly alt: string
  readonly width: number
  readonly height: number
}

export interface DemoMarketFile {
  readonly marketPlaces: readonly DemoMarketPlace[]
}

/** A shop within a page of the blog. */
export interface DemoMarketPlace {
  /** Unique among market places. */
  readonly slug: string
  readonly name: string
  /** Slug of the blog page (not post) that holds this market place. */
  readonly pageSlug: string
  /** Safe HTML: p, em, strong, a. */
  readonly descriptionHtml: string
  readonly sortOrder: number
  readonly image: DemoImage
  readonly categories: readonly DemoCategory[]
  readonly products: readonly DemoProduct[]
}

export interface DemoCategory {
  /** Unique within its market place. */
  readonly slug: string
  readonly name: string
  readonly sortOrder: number
}

export interface DemoProduct {
  /** Unique over both market places. */
  readonly slug: string
  readonly title: string
  /** One plain sentence for cards and search results. */
  readonly summary: string
  /** Safe HTML: p, em, strong, ul, li. */
  readonly descriptionHtml: string
  /** What the buyer pays, value added tax included. */
  readonly pricePence: number
  readonly currency: 'GBP'
  /** Shown beside the price: `800 g loaf`, `bunch, about 400 g`. */
  readonly unitLabel: string
  readonly measure: DemoMeasure
  /** `slug` of a category of the same market place. */
  readonly categorySlug: string
  readonly image: DemoImage
  readonly vatRatePercent: 0 | 20
  readonly inStock: boolean
  /** How many are on the shelf, or null where nobody counts. 0 goes with `inStock: false`. */
  readonly stockCount: number | null
  readonly sortOrder: number
}

/**
 * What one unit holds, for the unit price: pricePence / amount, shown per kilogram, litre or item.
 * `{ amount: 800, unit: 'g' }` at 420 pence is £5.25 per kg.
 */
export interface DemoMeasure {
  readonly amount: number
  readonly unit: 'g' | 'ml' | 'item'
}

export interface DemoEventsFile {
  readonly calendars: readonly DemoCalendar[]
}

/** A calendar within a page of the blog. */
export interface DemoCalendar {
  /** Unique among calendars. */
  readonly slug: string
  readonly name: string
  /** Slug of the blog page that holds this calendar. */
  readonly pageSlug: string
  readonly timeZone: 'Europe/London'
  /** Safe HTML: p, em, strong, a. */
  readonly descriptionHtml: string
  readonly sortOrder: number
  readonly entries: readonly DemoEntry[]
}

/**
 * An entry, placed relative to the day of the first run so that the demo month is always full.
 * Local start = Monday of the week that holds the first-run day, plus `week` weeks, plus
 * `weekday - 1` days, at `time` in the calendar's time zone.
 */
export interface DemoEntry {
  /** Unique within its calendar. */
  readonly slug: string
  /** 0 is the week of the first run, -1 the week before. From -4 to 8. */
  readonly week: number
  /** ISO: 1 is Monday, 7 is Sunday. */
  readonly weekday: number
  /** `HH:MM`, wall clock. */
  readonly time: string
  readonly durationMinutes: number
  readonly title: string
  /** One plain sentence. */
  readonly summary: string
  /** Safe HTML: p, em, strong, ul, li. */
  readonly descriptionHtml: string
  readonly location: string
  /** 0 means free. */
  readonly pricePence: number
  readonly currency: 'GBP'
  /** Places, or null where there is no limit. */
  readonly capacity: number | null
  readonly image: DemoImage | null
  /** Slugs of blog posts under which this entry is shown as a card. */
  readonly relatedPostSlugs: readonly string[]
}

export interface DemoAccountsFile {
  readonly accounts: readonly DemoAccount[]
  readonly newsletters: readonly DemoNewsletter[]
  readonly navigation: readonly DemoNavigationItem[]
}

export interface DemoAccount {
  /** For the federation profile: `@username@…`. */
  readonly username: string
  /** At `rose-ash.example`, a reserved name: no mail can leave for it. */
  readonly email: string
  readonly displayName: string
  /** Plain text, one or two sentences. */
  readonly summary: string
  readonly role: 'admin' | 'member'
  readonly avatar: DemoImage
  /** Slugs of the newsletters this account receives. */
  readonly newsletterSlugs: readonly string[]
}

export interface DemoNewsletter {
  readonly slug: string
  readonly name: string
  readonly description: string
  readonly sortOrder: number
}

/** One entry of the menu. Order in the array is the order shown. */
export interface DemoNavigationItem {
  readonly label: string
  readonly target: DemoNavigationTarget
  readonly children: readonly DemoNavigationItem[]
}

/** A page of the blog by slug, or a path within one of the six apps. */
export type DemoNavigationTarget =
  | { readonly kind: 'page'; readonly pageSlug: string }
  | {
      readonly kind: 'app'
      readonly app: 'blog' | 'market' | 'cart' | 'events' | 'federation' | 'account'
      readonly path: string
    }
