import type { EventHandler } from '@rose-ash/shared/events/subscriptions'
import { defineJob } from '@rose-ash/shared/infrastructure/jobs/job-definition'
import type { Jobs } from '@rose-ash/shared/infrastructure/jobs/jobs'
import type { Client, Provider } from 'oidc-provider'
import { z } from 'zod'

/** Tells one app that one of its sessions is over: OpenID Connect Back-Channel Logout 1.0. */
export const backchannelLogoutJob = defineJob({
  name: 'federation.backchannel-logout',
  payload: z.object({ clientId: z.string(), userId: z.string(), sid: z.string() }),
  retryLimit: 5,
  timeLimitSeconds: 30,
})

/** `federation.tell-apps-of-sign-out`: each app that the sign-in had reached is told by a job of its own. */
export function createTellOfSignOut(jobs: Pick<Jobs, 'enqueue'>): EventHandler<'SignOut'> {
  return async (transaction, { payload: { userId, clients } }) => {
    for (const { clientId, sid } of clients) {
      await jobs.enqueue(backchannelLogoutJob, { clientId, userId, sid }, { transaction })
    }
  }
}

type SendLogout = (this: Client, userId: string, sid: string) => Promise<void>

const senders = new WeakMap<Provider, SendLogout>()

/**
 * The provider would tell the apps itself, while somebody waits, and only at its own end-session
 * endpoint. Every sign-out is told of by `createTellOfSignOut` instead.
 */
export function takeOverBackchannelLogout(provider: Provider): void {
  const { prototype } = provider.Client
  const send = prototype.backchannelLogout as SendLogout
  prototype.backchannelLogout = async () => {}
  senders.set(provider, send)
}

/** Throws when the app did not take it, so that the job is tried again. */
export async function sendBackchannelLogout(
  provider: Provider,
  { clientId, userId, sid }: z.output<typeof backchannelLogoutJob.payload>,
): Promise<void> {
  const client = await provider.Client.find(clientId)
  if (!client?.backchannelLogoutUri) return
  await senders.get(provider)?.call(client, userId, sid)
}
