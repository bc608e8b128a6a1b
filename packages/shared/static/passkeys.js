// Passkeys: <div data-add-passkey> on the page of one's passkeys, and <div data-passkey-sign-in="/sign-in/…">
// beside the form of signing in. Browsers that do not know passkeys keep the pages as they are.

const isKnown =
  typeof PublicKeyCredential === 'function' &&
  typeof PublicKeyCredential.parseCreationOptionsFromJSON === 'function' &&
  typeof PublicKeyCredential.parseRequestOptionsFromJSON === 'function'

// The server keeps a challenge for five minutes.
const renewMilliseconds = 240_000

/** Its message is the server's own sentence. */
class Refused extends Error {}

async function post(url, body = {}) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
  })
  // The sign-in is over or too old: the page itself leads to a new one, and back.
  if (response.status === 401) location.reload()
  const answer = await response.json().catch(() => ({}))
  if (response.ok) return answer
  throw new Refused(answer.error ?? answer.detail ?? 'That did not work. Please try again.')
}

/** What a person can do about it. Most often they have changed their mind, and all is well. */
function sentenceFor(error, { cancelled }) {
  if (error instanceof Refused) return error.message
  if (error.name === 'NotAllowedError' || error.name === 'AbortError') return cancelled
  if (error.name === 'InvalidStateError') {
    return 'This device has a passkey for your account already.'
  }
  return 'That did not work. Please see that you are online, and try again.'
}

function addPasskeys(part) {
  const button = part.querySelector('button')
  const status = part.querySelector('[data-status]')

  async function add() {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
      await post('/passkeys/options'),
    )
    const credential = await navigator.credentials.create({ publicKey })
    status.textContent = 'Keeping your passkey…'
    const { location: next } = await post('/passkeys/', { credential: credential.toJSON() })
    location.assign(next)
  }

  part.querySelector('[data-without]').hidden = true
  button.hidden = false
  button.addEventListener('click', async () => {
    button.disabled = true
    status.textContent = 'Your device is asking you…'
    try {
      await add()
    } catch (error) {
      status.textContent = sentenceFor(error, { cancelled: 'No passkey was added.' })
      button.disabled = false
      button.focus()
    }
  })
}

function signInWithPasskeys(part) {
  const button = part.querySelector('button')
  const status = part.querySelector('[data-status]')
  const base = part.dataset.passkeySignIn
  let waiting = new AbortController()

  /** One at a time: the one before is given up. */
  async function ask(mediation) {
    waiting.abort()
    waiting = new AbortController()
    const { signal } = waiting
    const options = await post(`${base}/passkey/options`)
    signal.throwIfAborted()
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options)
    return navigator.credentials.get({ publicKey, mediation, signal })
  }

  async function finish(credential) {
    button.disabled = true
    status.textContent = 'Signing you in…'
    const { location: next } = await post(`${base}/passkey`, { credential: credential.toJSON() })
    location.assign(next)
  }

  function fail(error) {
    const cancelled = 'No passkey was used. You can try again, or have a link sent.'
    status.textContent = sentenceFor(error, { cancelled })
    button.disabled = false
    void offer()
  }

  // The browser offers passkeys in the field for the address, as it offers addresses. When it cannot,
  // nobody has asked for anything yet.
  async function offer() {
    const isOffered = await PublicKeyCredential.isConditionalMediationAvailable?.()
    if (!isOffered || button.disabled) return
    const credential = await ask('conditional').catch(() => undefined)
    if (credential) await finish(credential).catch(fail)
  }

  part.hidden = false
  button.addEventListener('click', async () => {
    button.disabled = true
    status.textContent = 'Your device is asking you…'
    await ask('optional').then(finish).catch(fail)
  })
  void offer()
  setInterval(() => {
    if (document.visibilityState === 'visible') void offer()
  }, renewMilliseconds)
}

if (isKnown) {
  for (const part of document.querySelectorAll('[data-add-passkey]')) addPasskeys(part)
  for (const part of document.querySelectorAll('[data-passkey-sign-in]')) signInWithPasskeys(part)
}
