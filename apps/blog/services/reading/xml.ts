/** Text that may stand in XML 1.0: characters that XML does not have are left out. */
export function xmlText(text: string): string {
  return legible(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** An element with its attributes; those without a value are left out, and so is an element without text. */
export function element(
  name: string,
  text: string | null | undefined,
  attributes: Readonly<Record<string, string | number | null | undefined>> = {},
): string {
  const shown = attributesOf(attributes)
  if (text === null || text === undefined) return shown === '' ? '' : `<${name}${shown}/>`
  return `<${name}${shown}>${xmlText(text)}</${name}>`
}

/** As `element`, around XML that is made already. */
export function around(
  name: string,
  inner: readonly string[],
  attributes: Readonly<Record<string, string | null | undefined>> = {},
): string {
  return `<${name}${attributesOf(attributes)}>${inner.filter(Boolean).join('')}</${name}>`
}

function attributesOf(attributes: Readonly<Record<string, string | number | null | undefined>>) {
  return Object.entries(attributes)
    .flatMap(([name, value]) =>
      value === null || value === undefined
        ? []
        : [` ${name}="${xmlText(String(value)).replaceAll('"', '&quot;')}"`],
    )
    .join('')
}

// Control characters other than tab and line ends, and two that are no characters (XML 1.0, 2.2).
// oxlint-disable-next-line no-control-regex
const noCharacters = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

function legible(text: string): string {
  return text.toWellFormed().replaceAll(noCharacters, '')
}
