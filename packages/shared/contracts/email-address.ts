import { z } from 'zod'

// RFC 5321, 4.5.3.1.3: a path has 256 octets, two of which are its brackets.
const emailAddress = z.string().trim().max(254).pipe(z.email())

/** The address that was typed, without space around it; undefined when it is none. */
export function readEmailAddress(typed: string): string | undefined {
  return emailAddress.safeParse(typed).data
}
