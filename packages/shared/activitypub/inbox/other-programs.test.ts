import { existsSync, globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { readActor } from '../actor-document.ts'
import { readEnvelope } from './envelope.ts'
import { readNote } from './note.ts'

/** Documents that fourteen programs have sent, where somebody has put them beside the project. */
const folder = fileURLToPath(
  new URL('../../../../../shared/fixtures/federation/activities/lemmy-fixtures/', import.meta.url),
)
const documents = (existsSync(folder) ? globSync('**/*.json', { cwd: folder }) : []).map((name) => {
  const text = readFileSync(folder + name, 'utf8')
  return { name, text, document: JSON.parse(text) }
})
const isActor = /^(Person|Group|Service|Application|Organization)$/

for (const { name, text, document } of documents) {
  if (document.actor !== undefined && document.object !== undefined)
    test(`${name} is an activity`, () => {
      expect(readEnvelope(Buffer.from(text))).toMatchObject({ type: document.type })
    })
  if (document.type === 'Note')
    test(`${name} is a note that names its author`, () => {
      expect(readNote(document)).toMatchObject({ id: document.id })
    })
  if (isActor.test(document.type))
    test(`${name} is somebody when the key is their own`, () => {
      const isOwn = document.publicKey.owner === document.id
      const actor = readActor(document.id, document, [])
      expect(actor?.uri).toBe(isOwn ? document.id : undefined)
    })
}

test('what is not an activity, a note or an actor is none', () => {
  expect(() => readEnvelope(Buffer.from('[1]'))).toThrow('That is no activity')
  expect(readNote({ id: 'https://a.example/1', type: 'Image' })).toBeUndefined()
  expect(readActor('https://a.example/u', { id: 'https://a.example/u' }, [])).toBeUndefined()
})
