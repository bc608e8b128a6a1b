import { describe, expect, test } from 'vitest'
import { getPostgresPackage } from './package.ts'

describe(getPostgresPackage, () => {
  test('on a system without glibc it asks for DATABASE_URL', () => {
    expect(() => getPostgresPackage('linux-x64', '/lib64/there-is-no-such-loader.so')).toThrow(
      /This Linux has no glibc .* Set DATABASE_URL to a PostgreSQL 16 database instead/,
    )
  })

  test('on a platform that has no binaries it names the platform and asks for DATABASE_URL', () => {
    expect(() => getPostgresPackage('freebsd-x64')).toThrow(
      /This is freebsd-x64\. Set DATABASE_URL/,
    )
  })
})
