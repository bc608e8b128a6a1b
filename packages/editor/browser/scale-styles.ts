/** What stands behind a property's name; selectors hold sizes too, in the names of classes. */
const value = /([{;]\s*[\w-]+\s*:)([^{};]*)(?=[;}])/g
const size = /(?<![\w.])(\d*\.?\d+)rem\b/g

/** Koenig is made for pages whose root is 10 px, as Ghost's admin is; ours has 16. */
export function scaleStyles(css: string): string {
  return css.replaceAll(
    value,
    (_, name: string, values: string) =>
      name +
      values.replaceAll(size, (_size, rem: string) => {
        return `${Number((Number(rem) / 1.6).toFixed(4))}rem`
      }),
  )
}
