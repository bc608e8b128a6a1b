import type { KoenigInstance } from '@tryghost/koenig-lexical'

/**
 * As an HTML card, which is valid in Ghost. Koenig's own command would open the card's code editor,
 * so Lexical's state is used, whose functions Koenig does not pass on.
 */
export function insertHtml(editor: KoenigInstance, html: string): void {
  const HtmlNode = editor['_nodes'].get('html')?.klass
  if (!HtmlNode) throw new Error('This editor has no HTML cards.')
  editor.update(() => {
    const state = editor['_pendingEditorState'] ?? editor.getEditorState()
    const card = new HtmlNode({ html })
    const place = state['_selection']?.getNodes()[0]?.getTopLevelElement()
    if (place) place.insertAfter(card)
    else state['_nodeMap'].get('root')?.append(card)
  })
}
