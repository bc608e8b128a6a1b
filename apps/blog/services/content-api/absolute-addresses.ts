/**
 * Addresses of this site as whole ones: what other programs show stands elsewhere, where `/about/`
 * would lead to the wrong place. `siteUrl` has no slash at the end.
 */
export interface AbsoluteAddresses {
  of(address: string): string
  of(address: string | null | undefined): string | null
  /** In the attributes of elements, and nowhere else: a text about `src="/a.png"` stays as it is. */
  inHtml(html: string): string
  inHtml(html: string | null): string | null
}

export function createAbsoluteAddresses(siteUrl: string): AbsoluteAddresses {
  const whole = (address: string) => (isRooted.test(address) ? siteUrl + address : address)
  const ofElement = (element: string) =>
    element
      .replaceAll(plainAttribute, `$1${siteUrl}/`)
      .replaceAll(sourceSet, (set) => set.replaceAll(inSourceSet, `$1${siteUrl}/`))
      .replaceAll(inStyle, `$1${siteUrl}/`)
  return {
    of: ((address: string | null | undefined) =>
      address === null || address === undefined ? null : whole(address)) as AbsoluteAddresses['of'],
    inHtml: ((html: string | null) =>
      html?.replaceAll(startTag, ofElement) ?? null) as AbsoluteAddresses['inHtml'],
  }
}

const isRooted = /^\/(?!\/)/
const startTag = /<[a-z](?:"[^"]*"|'[^']*'|[^'">])*>/gi
const plainAttribute = /(\s(?:src|href|poster|cite|action|data-[\w-]+)=["'])\/(?!\/)/gi
const sourceSet = /\s(?:srcset|imagesrcset)=(?:"[^"]*"|'[^']*')/gi
const inSourceSet = /(["',]\s*)\/(?!\/)/g
const inStyle = /(url\((?:&quot;|["'])?)\/(?!\/)/gi
