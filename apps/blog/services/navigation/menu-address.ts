import { appNames } from '@rose-ash/shared/contracts/apps'
import type { MenuTargetKind } from '@rose-ash/shared/contracts/blog'

/** Where an entry leads, as its row keeps it. */
export type KeptAddress =
  | { readonly app: string; readonly path: string }
  /** A sentence for whoever typed it. */
  | { readonly problem: string }

/** Follows what it leads to. Answered by routes/go. */
export function addressOfTarget(kind: MenuTargetKind, id: string): KeptAddress {
  return { app: 'blog', path: `/go/${kind}/${id}/` }
}

const lengthAtMost = 500

/** An address as somebody typed it: one of the platform's own, or an https address elsewhere. */
export function readTypedAddress(
  typed: string,
  publicUrls: Readonly<Record<string, string>>,
): KeptAddress {
  const text = typed.trim()
  if (text === '') return { problem: 'Say where the entry is to lead.' }
  if (text.length > lengthAtMost)
    return { problem: `An address has at most ${lengthAtMost} letters.` }
  if (/^\/(?![/\\])/.test(text)) return readOwn('blog', publicUrls['blog'] + text)
  const url = URL.parse(text)
  if (!url) return { problem: `“${text}” is not a whole address. It begins with https://` }
  const own = appNames.find((app) => url.origin === URL.parse(publicUrls[app] ?? '')?.origin)
  if (own) return readOwn(own, text)
  if (url.protocol !== 'https:') return { problem: 'Addresses elsewhere begin with https://' }
  if (url.username || url.password)
    return {
      problem: 'An address with a name or password in it is shown to everybody: leave those out.',
    }
  if (
    !url.hostname.includes('.') ||
    /^[\d.]+$|^\[|\.(?:localhost|local|internal)$/.test(url.hostname)
  )
    return { problem: `“${url.hostname}” is not a place that visitors can reach.` }
  return { app: '', path: url.href }
}

function readOwn(app: string, address: string): KeptAddress {
  const url = URL.parse(address)
  if (!url) return { problem: 'That is no address on this site.' }
  return { app, path: url.pathname + url.search + url.hash }
}
