import { appNames } from '@rose-ash/shared/contracts/apps'
import { z } from 'zod'

/** An interaction of the authorization server. */
export const interactionParameters = z.object({ uid: z.string().regex(/^[\w-]{16,64}$/) })

export const fromQuery = z.object({ from: z.enum(appNames).optional().catch(undefined) })

/** Checked here and not by the route, since the form is shown again with what was typed. */
export const emailSchema = z.string().trim().max(254).pipe(z.email())

export const emailForm = z.object({ email: z.string().max(1000).default('') })

export const linkToken = z.object({ token: z.string().regex(/^[\w-]{43}$/) })

/** People type spaces and dashes where they see groups. */
export const codeForm = z.object({
  code: z.string().max(40).default('').transform((code) => code.replace(/[\s-]/g, '')),
})
