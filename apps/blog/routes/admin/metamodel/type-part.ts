import { deleteType } from '../../../services/metamodel/delete-type.ts'
import type { TypeDescription } from '../../../services/metamodel/list-metamodel.ts'
import { saveType } from '../../../services/metamodel/save-type.ts'
import type { TypeDraft } from '../../../services/metamodel/type-draft.ts'
import { typesUrl, typeUrl } from '../addresses.ts'
import { blankType, describeTypeForm, draftOfType } from './describe-type-form.ts'
import type { Part } from './part-routes.ts'
import { readTypeForm } from './type-form.ts'

export const typePart: Part<TypeDraft, TypeDescription> = {
  word: 'type',
  template: 'pages/admin/metamodel-type',
  baseUrl: typesUrl,
  urlOf: typeUrl,
  blank: blankType,
  draftOf: draftOfType,
  read: readTypeForm,
  of: ({ types }) => types,
  save: saveType,
  remove: deleteType,
  describe: ({ types }, shown) => describeTypeForm(types, shown),
}
