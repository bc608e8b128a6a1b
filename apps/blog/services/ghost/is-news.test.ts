import { describe, expect, it } from 'vitest'
import { isNews } from './is-news.ts'

const hour = 60 * 60 * 1000
const ago = (hours: number) => new Date(Date.now() - hours * hour)

describe('a post of a site that is followed', () => {
  it.each([
    {
      name: 'published just now',
      change: 'Create',
      publishedAt: ago(0),
      followedSince: ago(100),
      expected: true,
    },
    {
      name: 'published before the site was followed',
      change: 'Create',
      publishedAt: ago(2),
      followedSince: ago(1),
      expected: false,
    },
    {
      name: 'published longer than a day ago',
      change: 'Create',
      publishedAt: ago(25),
      followedSince: ago(100),
      expected: false,
    },
    {
      name: 'that was announced and has changed',
      change: 'Update',
      publishedAt: ago(25),
      followedSince: ago(100),
      expected: true,
    },
    {
      name: 'that was announced and is gone',
      change: 'Delete',
      publishedAt: ago(25),
      followedSince: ago(100),
      expected: true,
    },
    {
      name: 'that was never announced and has changed',
      change: 'Update',
      publishedAt: ago(2),
      followedSince: ago(1),
      expected: false,
    },
    {
      name: 'without a time',
      change: 'Create',
      publishedAt: null,
      followedSince: ago(1),
      expected: false,
    },
    {
      name: 'of a file',
      change: 'Create',
      publishedAt: ago(0),
      followedSince: undefined,
      expected: false,
    },
  ] as const)('$name', ({ expected, ...news }) => {
    expect(isNews(news)).toBe(expected)
  })
})
