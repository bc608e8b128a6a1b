import { z } from 'zod'

const base64url = z
  .string()
  .regex(/^[\w-]*$/)
  .max(20_000)

const credential = {
  id: base64url.min(1).max(1400),
  rawId: base64url.min(1).max(1400),
  type: z.literal('public-key'),
  clientExtensionResults: z.looseObject({}).catch({}),
}

/** What `PublicKeyCredential.toJSON` gives after `create` (WebAuthn Level 3, RegistrationResponseJSON). */
export const registrationSchema = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url,
    attestationObject: base64url,
    transports: z.array(z.string().max(40)).max(10).exactOptional(),
  }),
})

/** After `get` (AuthenticationResponseJSON). */
export const authenticationSchema = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    userHandle: base64url.exactOptional(),
  }),
})

export type RegistrationResponse = z.infer<typeof registrationSchema>
export type AuthenticationResponse = z.infer<typeof authenticationSchema>
