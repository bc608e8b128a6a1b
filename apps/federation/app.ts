import { fileURLToPath } from 'node:url'
import { createAppShell } from '@rose-ash/shared/infrastructure/app/create-app'
import type { AppDependencies } from '@rose-ash/shared/infrastructure/app/dependencies'
import type { RunnableApp } from '@rose-ash/shared/infrastructure/app/run-server'
import { deriveKey } from '@rose-ash/shared/infrastructure/keys'
import { createMailer } from '@rose-ash/shared/infrastructure/mail/mailer'
import { createNoticeMail } from '@rose-ash/shared/infrastructure/mail/notice-mail'
import { createConsents } from './oauth/consents.ts'
import { rotateKeysJob } from './oauth/keys/rotate-job.ts'
import { rotateSigningKeys } from './oauth/keys/rotate.ts'
import { backchannelLogoutJob, createTellOfSignOut, sendBackchannelLogout } from './oauth/logout.ts'
import { createProviderSource } from './oauth/provider-source.ts'
import { oauthRoutes } from './oauth/routes.ts'
import { sweepSignOnJob } from './oauth/sweep-job.ts'
import { consentRoutes } from './routes/consent/routes.ts'
import { createAccountNavItem } from './routes/fragments/account-nav-item.ts'
import { createNavItem } from './routes/fragments/nav-item.ts'
import { memberRoutes } from './routes/members/routes.ts'
import { passkeyRoutes } from './routes/passkeys/routes.ts'
import { createTellOfPasskey } from './routes/passkeys/tell.ts'
import { createInteractions } from './routes/sign-in/interactions.ts'
import { createSignInMail } from './routes/sign-in/mail.ts'
import { createSignInPages } from './routes/sign-in/pages.ts'
import { passkeySignInRoutes } from './routes/sign-in/passkey-routes.ts'
import { signInRoutes } from './routes/sign-in/routes.ts'
import { createKnownAccounts } from './services/known-accounts.ts'
import { createLogins } from './services/logins.ts'
import { createMagicLinks } from './services/magic-links.ts'
import {
  createTellOfNewDevice,
  newDeviceMailJob,
  sendNewDeviceMail,
} from './services/new-device-mail.ts'
import { createAuthentication } from './services/passkeys/authenticate.ts'
import { createChallenges } from './services/passkeys/challenges.ts'
import { createPasskeys } from './services/passkeys/passkeys.ts'
import { createRegistration } from './services/passkeys/register.ts'
import { passkeyParty } from './services/passkeys/relying-party.ts'
import { sweepSignOn } from './services/sweep.ts'

const templates = fileURLToPath(new URL('./templates', import.meta.url))

/** The federation service: every route it has is registered here, by name. */
export async function createFederationApp(dependencies: AppDependencies): Promise<RunnableApp> {
  const { config, connection, cache, log, services } = dependencies
  const { database } = connection
  const { app, page, render, identity } = await createAppShell(dependencies, {
    templates,
    fragments: (renderFragment) => ({
      'nav-item': createNavItem({ render: renderFragment }),
      'account-nav-item': createAccountNavItem({
        render: renderFragment,
        federation: services.federation,
      }),
    }),
  })
  const logins = createLogins({ database, cache })
  const source = createProviderSource({ config, connection, cache, services, log, logins })

  await app.register(oauthRoutes, { config, source, identity, page })
  const interactions = createInteractions(source, services)
  const mailer = createMailer(config)
  const sendMail = createNoticeMail({ config, render, mailer })
  const pages = createSignInPages(config, page)
  await app.register(signInRoutes, {
    publicUrls: config.publicUrls,
    interactions,
    accounts: createKnownAccounts(database),
    identity,
    links: createMagicLinks({
      database,
      limitKey: deriveKey(config.secretKey, 'sign-in-limits'),
    }),
    sendMail: createSignInMail({ config, render, mailer }),
    pages,
  })
  const passkeyParts = {
    database,
    challenges: createChallenges(database),
    party: passkeyParty(config),
  }
  await app.register(passkeySignInRoutes, {
    interactions,
    authentication: createAuthentication(passkeyParts),
  })
  await app.register(passkeyRoutes, {
    passkeys: createPasskeys(database),
    registration: createRegistration(passkeyParts),
    identity,
    page,
    tell: createTellOfPasskey(sendMail, config),
  })
  await app.register(consentRoutes, {
    interactions,
    consents: createConsents(source),
    pages,
    page,
  })
  await app.register(memberRoutes, { page })
  return {
    app,
    handlers: {
      'federation.tell-apps-of-sign-out': createTellOfSignOut(dependencies.jobs),
      'federation.tell-of-new-device': createTellOfNewDevice(dependencies.jobs),
    },
    async registerJobs(jobs) {
      await jobs.work(newDeviceMailJob, (job) =>
        sendNewDeviceMail({ database, account: services.account, sendMail, config }, job),
      )
      await jobs.work(backchannelLogoutJob, async (job) =>
        sendBackchannelLogout(await source.get(), job),
      )
      await jobs.work(sweepSignOnJob, () => sweepSignOn(database))
      await jobs.schedule(sweepSignOnJob, { cron: '17 * * * *', payload: {} })
      const encryptionKey = deriveKey(config.secretKey, 'oidc-keys')
      await jobs.work(rotateKeysJob, async () => {
        await rotateSigningKeys({ database, encryptionKey, log })
      })
      await jobs.schedule(rotateKeysJob, { cron: '41 4 * * *', payload: {} })
    },
  }
}
