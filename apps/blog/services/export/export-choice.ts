import { z } from 'zod'

/** What somebody wants to take along. */
export const exportChoice = z.object({
  /** `ghost` holds nothing that Ghost's own import would stumble over. */
  kind: z.enum(['everything', 'ghost']),
  withRevisions: z.boolean(),
  /** Members with their addresses; only for whoever may give roles. */
  withMembers: z.boolean(),
})
export type ExportChoice = z.infer<typeof exportChoice>
