import { deleteRelation } from '../../../services/metamodel/delete-relation.ts'
import type { RelationDescription } from '../../../services/metamodel/list-metamodel.ts'
import type { RelationDraft } from '../../../services/metamodel/relation-draft.ts'
import { saveRelation } from '../../../services/metamodel/save-relation.ts'
import { relationsUrl, relationUrl } from '../addresses.ts'
import type { Part } from './part-routes.ts'
import {
  blankRelation,
  describeRelationForm,
  draftOfRelation,
  readRelationForm,
} from './relation-form.ts'

export const relationPart: Part<RelationDraft, RelationDescription> = {
  word: 'relation',
  template: 'pages/admin/metamodel-relation',
  baseUrl: relationsUrl,
  urlOf: relationUrl,
  blank: blankRelation,
  draftOf: draftOfRelation,
  read: readRelationForm,
  of: ({ relations }) => relations,
  save: saveRelation,
  remove: deleteRelation,
  describe: describeRelationForm,
}
