/** Koenig is made for pages whose root is 10 px, as Ghost's admin is; ours has 16. */
export function scaleStyles(css: string): string {
  return css.replaceAll(
    /(?<![\w-])(\d*\.?\d+)rem\b/g,
    (_, size: string) => `${Number((Number(size) / 1.6).toFixed(4))}rem`,
  )
}
