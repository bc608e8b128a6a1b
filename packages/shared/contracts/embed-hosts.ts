/**
 * The hosts that an `<iframe>` in a post may show. Every other frame becomes a plain link. A page
 * that shows posts lists the same hosts in `frame-src` of its Content-Security-Policy.
 */
export const embedHosts: readonly string[] = [
  'archive.org',
  'bandcamp.com',
  'codepen.io',
  'embed.music.apple.com',
  'embed.podcasts.apple.com',
  'open.spotify.com',
  'player.twitch.tv',
  'player.vimeo.com',
  'share.transistor.fm',
  'w.soundcloud.com',
  'www.openstreetmap.org',
  'www.youtube-nocookie.com',
]
