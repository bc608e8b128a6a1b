import { z } from 'zod'
import type { RemoteActor } from './remote-actors.ts'
import { remoteUrl } from './remote-documents.ts'
import { readPublicKey } from './signatures/signatures.ts'

const address = z.string().min(1)
const key = z.object({ id: address, owner: address, publicKeyPem: z.string().max(20_000) })
const document = z.object({
  id: address,
  type: z.enum(['Application', 'Group', 'Organization', 'Person', 'Service']),
  preferredUsername: z.string().min(1).max(200),
  name: z.string().nullish().catch(null),
  inbox: address,
  endpoints: z
    .object({ sharedInbox: address.optional().catch(undefined) })
    .nullish()
    .catch(null),
  publicKey: z.union([key, z.array(key).min(1).max(10)]),
})

/** FEP-fe34: the key is the actor's own, and everything that is believed of it is on its own host. */
export function readActor(
  uri: string,
  sent: unknown,
  privateHosts: readonly string[],
): Omit<RemoteActor, 'fetchedAt'> | undefined {
  const parsed = document.safeParse(sent)
  if (!parsed.success) return undefined
  const { id, preferredUsername: username, name, inbox, endpoints, publicKey } = parsed.data
  const { host } = new URL(id)
  const isOwn = (address: string) => remoteUrl(address, privateHosts)?.host === host
  const [usable] = [publicKey].flat().filter((one) => one.owner === id && isOwn(one.id))
  if (id !== uri || !isOwn(inbox) || !usable || !readPublicKey(usable.publicKeyPem))
    return undefined
  const sharedInbox = endpoints?.sharedInbox
  return {
    uri: id,
    host,
    username,
    name: (name ?? username).slice(0, 200),
    inbox,
    sharedInbox: sharedInbox !== undefined && isOwn(sharedInbox) ? sharedInbox : null,
    keyId: usable.id,
    publicPem: usable.publicKeyPem,
  }
}
