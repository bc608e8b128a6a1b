/** Where a page stands, from the outermost to itself: https://schema.org/BreadcrumbList. */
export function breadcrumbs(steps: readonly (readonly [name: string, url: string])[]): object {
  return {
    '@type': 'BreadcrumbList',
    itemListElement: steps.map(([name, item], index) => ({
      '@type': 'ListItem',
      position: index + 1,
      name,
      item,
    })),
  }
}
