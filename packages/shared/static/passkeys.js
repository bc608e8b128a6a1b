// Passkeys: <div data-add-passkey> on the page of one's passkeys, and <div data-passkey-sign-in="/sign-in/…">
// beside the form of signing in. Browsers that do not know passkeys keep the pages as they are.

const isKnown =
  typeof PublicKeyCredential === 'function' &&
  typeof PublicKeyCredential.parseCreationOptionsFromJSON === 'function' &&
  typeof PublicKeyCredential.parseRequestOptionsFromJSON === 'function'

class Refused extends Error {}

async function post(url, body) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body ?? {}),
  })
  const answer = await response.json().catch(() => ({}))
  if (response.ok) return answer
  throw new Refused(answer.error ?? answer.detail ?? 'That did not work. Please try again.')
}

/** What a person can do about it; nothing when they have cancelled it themselves. */
function sentenceFor(error) {
  if (error instanceof Refused) return error.message
  if (error.name === 'NotAllowedError' || error.name === 'AbortError') return ''
  if (error.name === 'InvalidStateError')
    return 'This device has a passkey for your account already.'
  return 'That did not work. Please try again, or use a link by mail.'
}

function addPasskeys(part) {
  const button = part.querySelector('button')
  const status = part.querySelector('[data-status]')
  part.querySelector('[data-without]').hidden = true
  button.hidden = false
  button.addEventListener('click', async () => {
    button.disabled = true
    status.textContent = 'Your device is asking you…'
    try {
      const options = await post('/passkeys/options')
      const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options)
      const credential = await navigator.credentials.create({ publicKey })
      const { location: next } = await post('/passkeys/', { credential: credential.toJSON() })
      location.assign(next)
    } catch (error) {
      status.textContent = sentenceFor(error)
      button.disabled = false
    }
  })
}

function signInWithPasskeys(part) {
  const button = part.querySelector('button')
  const status = part.querySelector('[data-status]')
  const base = part.dataset.passkeySignIn
  let waiting = new AbortController()

  async function signIn(mediation) {
    waiting.abort()
    waiting = new AbortController()
    const { signal } = waiting
    const options = await post(`${base}/passkey/options`)
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options)
    const credential = await navigator.credentials.get({ publicKey, mediation, signal })
    status.textContent = 'Signing you in…'
    const { location: next } = await post(`${base}/passkey`, { credential: credential.toJSON() })
    location.assign(next)
  }

  // The browser offers passkeys in the field for the address, as it offers addresses.
  async function offer() {
    const isOffered = await PublicKeyCredential.isConditionalMediationAvailable?.()
    if (!isOffered) return
    try {
      await signIn('conditional')
    } catch (error) {
      if (error.name !== 'AbortError') status.textContent = sentenceFor(error)
    }
  }

  part.hidden = false
  void offer()
  button.addEventListener('click', async () => {
    button.disabled = true
    status.textContent = 'Your device is asking you…'
    try {
      await signIn('optional')
    } catch (error) {
      status.textContent = sentenceFor(error)
      button.disabled = false
    }
  })
}

if (isKnown) {
  for (const part of document.querySelectorAll('[data-add-passkey]')) addPasskeys(part)
  for (const part of document.querySelectorAll('[data-passkey-sign-in]')) signInWithPasskeys(part)
}
