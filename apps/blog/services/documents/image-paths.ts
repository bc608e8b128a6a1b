/** The widths in which an image lies in the media folder, and which `srcset` offers. */
export const imageWidths: readonly number[] = [600, 1000, 1600, 2400]

/** Where a smaller copy lies: `/content/images/size/w600/2026/11/harbour.png`. */
export function sizedPath(path: string, width: number): string {
  return path.replace(/^\/content\/images\//, `/content/images/size/w${width}/`)
}

/** Whether Ghost's `srcset` offers smaller copies of a file of this name. */
export function hasSizes(path: string): boolean {
  return (
    /^\/content\/images\/.+\.(?:jpe?g|png|gif|webp|avif)$/i.test(path) && !/_o\.\w+$/.test(path)
  )
}
