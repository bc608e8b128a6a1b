import { isIPv4 } from 'node:net'

/**
 * What counts as one network for limits: an IPv4 address (households and offices share one), the
 * first 64 bits of an IPv6 address (one household has them all).
 */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped) return mapped
  if (isIPv4(address)) return address
  return groups(address).slice(0, 4).join(':')
}

function groups(address: string): string[] {
  const [head = '', tail] = address.toLowerCase().replace(/%.*$/, '').split('::')
  const before = head === '' ? [] : head.split(':')
  const after = !tail ? [] : tail.split(':')
  const missing = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length)
  const all = [...before, ...Array<string>(missing).fill('0'), ...after]
  return all.map((group) => group.replace(/^0+(?=.)/, ''))
}
