import type { AccountService } from '@rose-ash/shared/contracts/account'
import type { EventHandler } from '@rose-ash/shared/events/subscriptions'
import type { AppConfig } from '@rose-ash/shared/infrastructure/config/schema'
import { defineJob } from '@rose-ash/shared/infrastructure/jobs/job-definition'
import type { Jobs } from '@rose-ash/shared/infrastructure/jobs/jobs'
import type { SendNoticeMail } from '@rose-ash/shared/infrastructure/mail/notice-mail'
import { countryName } from '@rose-ash/shared/infrastructure/view/country-name'
import { createFormats } from '@rose-ash/shared/infrastructure/view/format'
import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { type Database, logins } from '../models/index.ts'

/** Tells a member by mail that they have signed in with a browser that was not known. */
export const newDeviceMailJob = defineJob({
  name: 'federation.new-device-mail',
  payload: z.object({
    userId: z.uuid(),
    loginId: z.string().min(1),
    browser: z.string(),
    country: z.string(),
    signedInAt: z.iso.datetime(),
  }),
  // Two days and a few hours, since the waits grow to one hour: a mail server may be down overnight.
  retryLimit: 60,
  timeLimitSeconds: 30,
})

/** `federation.tell-of-new-device`. */
export function createTellOfNewDevice(jobs: Pick<Jobs, 'enqueue'>): EventHandler<'SignIn'> {
  return async (transaction, { payload: { userId, newDevice }, createdAt }) => {
    if (!newDevice) return
    const payload = { userId, ...newDevice, signedInAt: createdAt.toISOString() }
    await jobs.enqueue(newDeviceMailJob, payload, { transaction })
  }
}

interface Options {
  readonly database: Database
  readonly account: Pick<AccountService, 'findUser'>
  readonly sendMail: SendNoticeMail
  readonly config: Pick<AppConfig, 'platform' | 'publicUrls'>
}

/** Throws when the mail server does not take it, so that the job is tried again. */
export async function sendNewDeviceMail(
  { database, account, sendMail, config }: Options,
  { userId, loginId, browser, country, signedInAt }: z.output<typeof newDeviceMailJob.payload>,
): Promise<void> {
  const { platform, publicUrls } = config
  const user = await account.findUser(userId)
  if (!user) return
  const [login] = await database
    .select({ address: logins.address })
    .from(logins)
    .where(eq(logins.id, loginId))
  const formats = createFormats(platform)
  const at = new Date(signedInAt)
  const place = countryName(country, platform.language)
  await sendMail({
    to: user.email,
    subject: `A new device at ${platform.name}`,
    paragraphs: [
      'somebody has signed in to your account with a browser that we have not seen before.',
      'If that was you, there is nothing to do. If it was not, sign that device out, and see that nobody else reads your mail.',
    ],
    facts: [
      `${formats.date(at, 'long')}, ${formats.date(at, 'time')} (${platform.timeZone})`,
      browser,
      [place, login?.address].filter(Boolean).join(', '),
    ].filter(Boolean),
    link: { label: 'Your devices', url: `${publicUrls.account}/devices/` },
  })
}
