import { readFile } from 'node:fs/promises'
import { BlockList, isIPv6 } from 'node:net'
import { fileURLToPath } from 'node:url'
import { type CountryResponse, Reader } from 'mmdb-lib'

/** To which country each address is assigned: from nro.net, under CC BY 4.0, as the devices page says. */
const dataFile = fileURLToPath(
  import.meta.resolve('@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb'),
)

/** What the data says of an address; it is flatter than other such databases. */
interface Found {
  readonly country_code?: string
}

/** Addresses of no country, which the data does not always know (RFC 6890). */
const local = new BlockList()
for (const [network, prefix] of [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  local.addSubnet(network, prefix, 'ipv4')
}
local.addSubnet('fc00::', 7, 'ipv6')
local.addSubnet('fe80::', 10, 'ipv6')
local.addAddress('::1', 'ipv6')

export interface Places {
  /**
   * ISO 3166-1 alpha-2 of the country that an IP address is assigned to; empty for those that are
   * private, unknown or no addresses at all. It says where a network is registered, not where somebody
   * is.
   */
  countryOf(address: string): Promise<string>
}

export function createPlaces(): Places {
  // Some megabytes for a look now and then: kept only as long as nobody needs the memory.
  let kept: WeakRef<Reader<CountryResponse>> | undefined

  return {
    async countryOf(shown) {
      const address = shown.replace(/^::ffff:(?=\d+\.)/i, '')
      if (local.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')) return ''
      const reader = kept?.deref() ?? new Reader<CountryResponse>(await readFile(dataFile))
      kept = new WeakRef(reader)
      try {
        const found = reader.get(address) as Found | null
        const code = found?.country_code ?? ''
        return /^[A-Z]{2}$/.test(code) ? code : ''
      } catch {
        // It throws for what is no address.
        return ''
      }
    },
  }
}
