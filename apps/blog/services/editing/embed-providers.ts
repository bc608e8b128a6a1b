/** A site whose films, sounds or posts may stand in ours, and where it answers for oEmbed. */
export interface EmbedProvider {
  readonly name: string
  /** Hosts, without `www.` and `m.`; each also stands for what is below it. */
  readonly hosts: readonly string[]
  /** Undefined: the page itself says where, on one of the hosts. */
  readonly endpoint?: string
}

export const embedProviders: readonly EmbedProvider[] = [
  {
    name: 'YouTube',
    hosts: ['youtube.com', 'youtu.be', 'youtube-nocookie.com'],
    endpoint: 'https://www.youtube.com/oembed',
  },
  { name: 'Vimeo', hosts: ['vimeo.com'], endpoint: 'https://vimeo.com/api/oembed.json' },
  { name: 'SoundCloud', hosts: ['soundcloud.com'], endpoint: 'https://soundcloud.com/oembed' },
  { name: 'Spotify', hosts: ['spotify.com'], endpoint: 'https://open.spotify.com/oembed' },
  { name: 'CodePen', hosts: ['codepen.io'], endpoint: 'https://codepen.io/api/oembed' },
  {
    name: 'Flickr',
    hosts: ['flickr.com', 'flic.kr'],
    endpoint: 'https://www.flickr.com/services/oembed/',
  },
  { name: 'TED', hosts: ['ted.com'], endpoint: 'https://www.ted.com/services/v1/oembed.json' },
  { name: 'Bandcamp', hosts: ['bandcamp.com'] },
  { name: 'Mastodon', hosts: ['mastodon.social', 'mastodon.online', 'social.coop'] },
  { name: 'PeerTube', hosts: ['framatube.org', 'video.blender.org', 'diode.zone'] },
]

export function findProvider(
  url: URL,
  providers: readonly EmbedProvider[],
): EmbedProvider | undefined {
  return providers.find((provider) => isOn(url, provider))
}

/** Whether an address is the provider's own. */
export function isOn({ host }: URL, { hosts }: EmbedProvider): boolean {
  return hosts.some((known) => host === known || host.endsWith(`.${known}`))
}
