import { writeFile, mkdir, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { BlogService } from '@rose-ash/shared/contracts/blog'
import { PlatformError } from '@rose-ash/shared/contracts/errors'
import type {
  GuardedFetch,
  OutgoingAnswer,
} from '@rose-ash/shared/infrastructure/outgoing/guarded-fetch'
import { z } from 'zod'
import { type EmbedProvider, embedProviders, findProvider, isOn } from './embed-providers.ts'
import type { MediaUploads } from './media-uploads.ts'
import type { PageFacts } from './page-facts.ts'

/** The address does not give what was asked for. The sentence is for whoever named it. */
export class EmbedError extends PlatformError {
  override name = 'EmbedError'
  override readonly status = 422
}

/** A link with what its page says of itself, as a bookmark card keeps it. */
export interface Bookmark {
  readonly type: 'bookmark'
  readonly url: string
  readonly metadata: {
    readonly title: string
    readonly description: string
    readonly author: string
    readonly publisher: string
    /** Paths of this site, or empty: a reader's browser asks nobody else. */
    readonly icon: string
    readonly thumbnail: string
  }
}

const oembedSchema = z.looseObject({
  type: z.enum(['photo', 'video', 'rich', 'link']),
  html: z.string().max(20_000).optional(),
  title: z.string().max(1000).optional(),
  author_name: z.string().max(500).optional(),
  provider_name: z.string().max(500).optional(),
  thumbnail_url: z.url().optional().catch(undefined),
})

export type OembedAnswer = z.output<typeof oembedSchema>

export interface Embeds {
  /** Throws EmbedError, or the fetcher's own error. */
  bookmark(url: string): Promise<Bookmark>
  /** Of a site that is not on the list, its bookmark. Throws as `bookmark`. */
  embed(url: string): Promise<OembedAnswer | Bookmark>
}

/** This site itself, which need not be asked over the network. */
export interface OwnSite {
  readonly url: string
  readonly name: string
  readonly blog: Pick<BlogService, 'findPostBySlug'>
}

interface Options {
  readonly outgoing: GuardedFetch
  readonly site: OwnSite
  readonly uploads: MediaUploads
  readonly providers?: readonly EmbedProvider[]
}

const page = { timeLimitSeconds: 3, mostBytes: 524_288 } as const
const picture = { timeLimitSeconds: 3, mostBytes: 5_000_000 } as const

export function createEmbeds(options: Options): Embeds {
  const { outgoing, uploads, site, providers = embedProviders } = options

  async function readFacts(url: string): Promise<PageFacts> {
    const answer = await outgoing(url, { ...page, headers: { accept: 'text/html' } })
    if (answer.status >= 400) {
      throw new EmbedError(`${new URL(url).host} answered with an error (${answer.status}).`)
    }
    if (!/\bhtml\b/.test(answer.headers['content-type'] ?? '')) {
      throw new EmbedError('There is a file at this address and no page.')
    }
    // Loaded when the first page is read: its parser is of no use to a process that only shows ours.
    const { readPageFacts } = await import('./page-facts.ts')
    return readPageFacts(decode(answer), answer.url)
  }

  /** Its path here; empty when it cannot be had. A card without a picture is still a card. */
  async function keepPicture(url: string | undefined): Promise<string> {
    if (!url) return ''
    const file = uploads.newPlace()
    try {
      const { status, body } = await outgoing(url, picture)
      if (status !== 200) return ''
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, body)
      const fileName = new URL(url).pathname.replace(/^.*\//, '') || 'picture'
      return (await uploads.store({ kind: 'image', file, fileName })).url
    } catch {
      return ''
    } finally {
      await rm(file, { force: true })
    }
  }

  /** `address` may be a path of this site. */
  async function bookmark(address: string): Promise<Bookmark> {
    const url = new URL(address, site.url).href
    const own = url.startsWith(`${site.url}/`) && (await ownBookmark(address, url))
    if (own) return own
    const facts = await readFacts(url)
    const { title, description, author, publisher } = facts
    const [icon, thumbnail] = await Promise.all([
      keepPicture(facts.iconUrl),
      keepPicture(facts.thumbnailUrl),
    ])
    const metadata = { title, description, author, publisher, icon, thumbnail }
    return { type: 'bookmark', url, metadata }
  }

  async function ownBookmark(address: string, url: string): Promise<Bookmark | undefined> {
    const slug = slugOf(url)
    const post = slug && (await site.blog.findPostBySlug(slug))
    if (!post) return undefined
    const metadata = {
      title: post.title,
      description: post.excerpt,
      author: '',
      publisher: site.name,
      icon: '',
      thumbnail: post.image?.src ?? '',
    }
    return { type: 'bookmark', url: address, metadata }
  }

  /** Where the provider tells of this address; undefined when it does not. */
  async function endpointOf(url: string, provider: EmbedProvider): Promise<URL | undefined> {
    if (provider.endpoint) {
      const endpoint = new URL(provider.endpoint)
      endpoint.searchParams.set('url', url)
      endpoint.searchParams.set('format', 'json')
      return endpoint
    }
    const { oembedUrl } = await readFacts(url)
    const found = URL.parse(oembedUrl ?? '')
    // A page may name any address; only the provider's own counts.
    return found && isOn(found, provider) ? found : undefined
  }

  return {
    bookmark,
    async embed(url) {
      const parsed = URL.parse(url)
      const provider = parsed ? findProvider(parsed, providers) : undefined
      const endpoint = provider && (await endpointOf(url, provider))
      if (!provider || !endpoint) return bookmark(url)
      const answer = await outgoing(endpoint.href, page)
      const read = answer.status === 200 ? oembedSchema.safeParse(readJson(answer)) : undefined
      if (!read?.success)
        throw new EmbedError(`${provider.name} has nothing to show for this address.`)
      const { thumbnail_url: thumbnail, ...rest } = read.data
      const kept = await keepPicture(thumbnail)
      return { ...rest, ...(kept && { thumbnail_url: kept }) }
    },
  }
}

function slugOf(url: string): string | undefined {
  try {
    return /^\/([^/]+)\/?$/.exec(decodeURIComponent(new URL(url).pathname))?.[1]
  } catch {
    return undefined
  }
}

function readJson({ body }: OutgoingAnswer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}

function decode({ headers, body }: OutgoingAnswer): string {
  const said = /charset=["']?([\w-]+)/i
  const label =
    said.exec(headers['content-type'] ?? '')?.[1] ??
    said.exec(body.toString('latin1', 0, 2048))?.[1] ??
    'utf-8'
  try {
    return new TextDecoder(label).decode(body)
  } catch {
    return body.toString('utf8')
  }
}
