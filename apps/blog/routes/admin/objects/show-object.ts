import { kindWords, type ObjectDescription } from '../../../services/graph/describe-objects.ts'
import { objectUrl } from '../addresses.ts'

export interface ShownLine {
  readonly name: string
  readonly title: string
  readonly kindWord: string
  readonly url: string
  readonly isDraft: boolean
}

/** An object as a line of a list; undefined is what is gone. */
export function showObject(object: ObjectDescription | undefined, name: string): ShownLine {
  const isHere = object !== undefined && object.kind !== 'elsewhere'
  return {
    name,
    title: object?.title ?? name,
    kindWord: object ? kindWords[object.kind] : 'Gone',
    url: isHere ? objectUrl(name) : name,
    isDraft: object ? !object.isPublic : false,
  }
}
