import { z } from 'zod'
import { InvalidInputError } from '../../contracts/errors.ts'
import { longestAddressBytes } from '../remote-documents.ts'
import { assertSound } from '../sound-document.ts'

/** What all activities have, whatever they are about. */
export interface Envelope {
  readonly id: string
  readonly type: string
  readonly actorUri: string
  /** Undefined when the object is a thing without a name. */
  readonly objectUri: string | undefined
  readonly activity: Readonly<Record<string, unknown>>
}

const address = z
  .string()
  .min(1)
  .refine((text) => Buffer.byteLength(text) <= longestAddressBytes)
const named = z.looseObject({ id: address })

/** An id, a thing that has one, or a list of one of these. */
const reference = z
  .union([address, named, z.array(z.union([address, named])).length(1)])
  .transform((value) => {
    const [one] = [value].flat()
    return typeof one === 'string' ? one : (one?.id ?? '')
  })

const envelope = z.looseObject({
  id: address,
  type: z.string().min(1).max(100),
  actor: reference,
  object: z.unknown(),
})

/** The ids that a property names; what has none is left out. */
export function idsOf(value: unknown): readonly string[] {
  return [value].flat().flatMap((each) => {
    const parsed = reference.safeParse(each)
    return parsed.success ? [parsed.data] : []
  })
}

/** Throws InvalidInputError with a sentence for whoever wonders why it was refused. */
export function readEnvelope(body: Buffer): Envelope {
  const parsed = envelope.safeParse(parseJson(body))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const where = issue?.path.join('.') || 'document'
    throw new InvalidInputError(`That is no activity: its ${where} cannot be read.`)
  }
  assertSound(parsed.data)
  const { id, type, actor: actorUri, object } = parsed.data
  const [objectUri] = idsOf(object)
  return { id, type, actorUri, objectUri, activity: parsed.data }
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString())
  } catch (cause) {
    throw new InvalidInputError('That is no JSON.', { cause })
  }
}
