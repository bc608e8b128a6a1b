import { BlockList, isIP, isIPv6 } from 'node:net'

/** Addresses of special use (RFC 6890 and its registries), by their networks. */
const special = new BlockList()
for (const network of `0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12
  192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24
  203.0.113.0/24 224.0.0.0/4 240.0.0.0/4 ::/128 ::1/128 ::/96 64:ff9b::/96 64:ff9b:1::/48
  100::/64 2001::/23 2001:db8::/32 2002::/16 3fff::/20 5f00::/16 fc00::/7 fe80::/10 fec0::/10 ff00::/8`.split(
  /\s+/,
)) {
  const [address = '', bits = ''] = network.split('/')
  special.addSubnet(address, Number(bits), isIPv6(address) ? 'ipv6' : 'ipv4')
}

/** Whether anybody on the internet can reach it. An IPv4 address inside an IPv6 one counts as itself. */
export function isPublicAddress(address: string): boolean {
  const inner = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address
  const family = isIP(inner)
  if (family === 0) return false
  return !special.check(inner, family === 6 ? 'ipv6' : 'ipv4')
}
