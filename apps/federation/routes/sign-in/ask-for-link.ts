import { UnavailableError } from '@rose-ash/shared/contracts/errors'
import type { FastifyReply } from 'fastify'
import { browserName } from '../../services/browser-name.ts'
import type { LinkLimit } from '../../services/link-limits.ts'
import { networkOf } from '../../services/networks.ts'
import type { Place, SignInContext } from './pages.ts'
import type { SignInOptions } from './routes.ts'
import { emailOf, fromQuery } from './schemas.ts'

/** The form was sent: a mail goes out, or the page says why not. The answer tells of no account. */
export async function askForLink(
  options: SignInOptions,
  place: Place,
  context: SignInContext,
): Promise<FastifyReply> {
  const { pages } = options
  const { request, reply } = place
  const { typed, email } = emailOf(request.body)
  if (!email) return pages.form(place, context, { email: typed, error: notAnAddress, status: 400 })
  try {
    const outcome = await sendLink(options, place, email)
    if (outcome === 'sent')
      return reply.redirect(`/sign-in/${place.uid}/sent${fromQuery(place)}`, 303)
    return await showLimit(options, { place, context }, { email, notice: limitNotice(outcome) })
  } catch (error) {
    if (!(error instanceof UnavailableError)) throw error
    request.log.error({ err: error }, 'a sign-in mail was not sent')
    return pages.form(place, context, { email: typed, error: mailOutage, status: 503 })
  }
}

/** The link holds its token in the query, which no log keeps. */
function sendLink({ publicUrls, links, sendMail }: SignInOptions, place: Place, email: string) {
  const { request, uid, app } = place
  const askedFrom = `${browserName(request.headers['user-agent'])}, from ${request.ip}`
  const ask = { email, interactionId: uid, network: networkOf(request.ip), askedFrom }
  return links.ask(ask, (token) => {
    const url = new URL(`${publicUrls.federation}/sign-in/${uid}/link`)
    if (app) url.searchParams.set('from', app)
    url.searchParams.set('token', token)
    const destination = new URL(publicUrls[app ?? 'federation']).host
    return sendMail({ to: email, url: url.href, askedFrom, destination })
  })
}

async function showLimit(
  { links, pages }: SignInOptions,
  { place, context }: { place: Place; context: SignInContext },
  { email, notice }: { email: string; notice: string },
): Promise<FastifyReply> {
  const waiting = await links.findWaiting(place.uid)
  if (waiting) return pages.sent(place, waiting, { codeError: null, notice, status: 429 })
  return pages.form(place, context, { email, error: notice, status: 429 })
}

const notAnAddress = 'That does not look like an email address yet.'
const mailOutage =
  'Our mail is not going out just now, so there is no link yet. Please try again in a few minutes.'

function limitNotice(limit: LinkLimit): string {
  if (limit.status === 'too-soon') {
    return `A mail is on its way. You can ask for another one in ${limit.secondsLeft} seconds.`
  }
  return limit.by === 'address'
    ? 'Five mails have gone to this address within an hour. Please use the newest, or wait a while.'
    : 'Many mails have been asked for from your network. Please try again in an hour.'
}
