import { isElsewhere } from '../documents/outside-media.ts'

/** A picture's address when this platform has the picture; pages show no others. */
export function ownImage(address: string | null | undefined): string | null {
  return address?.startsWith('/') && !isElsewhere(address) ? address : null
}

/** An address that may stand in a link. */
export function webAddress(address: string | null | undefined): string | null {
  if (!address) return null
  if (/^\/(?!\/)/.test(address)) return address
  const url = URL.parse(address)
  return url && /^https?:$/.test(url.protocol) ? url.href : null
}

const mediaAddress = /\/content\/(?:images|media|files)\/[^\s"'<>\\,()?#]+/g

/** Every file of the media folder that a text names, without Ghost's own derivatives. */
export function mediaAddresses(text: string): readonly string[] {
  const found = (text.match(mediaAddress) ?? []).map(decodePath)
  return [...new Set(found)].filter((path) => !path.startsWith('/content/images/size/'))
}

/** As it is called in the folder: `caf%C3%A9.png` is `café.png`. */
function decodePath(path: string): string {
  try {
    return decodeURIComponent(path.replaceAll('&amp;', '&'))
  } catch {
    return path
  }
}

/** The text with files that had to be stored under another name named so. */
export function renameMedia(text: string, renamed: ReadonlyMap<string, string>): string {
  if (renamed.size === 0) return text
  return text.replace(mediaAddress, (path) => {
    const other = renamed.get(decodePath(path))
    return other === undefined ? path : encodeURI(other)
  })
}
