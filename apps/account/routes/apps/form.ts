import type {
  ClientApp,
  ClientAppDraft,
  ClientAppKind,
  ClientAppProblems,
} from '@rose-ash/shared/contracts/client-apps'
import { z } from 'zod'

const text = z.string().max(10_000).catch('')

const formSchema = z
  .object({
    name: text,
    kind: text,
    homepage: text,
    redirectUris: text,
    postLogoutRedirectUris: text,
    backchannelLogoutUri: text,
    mayStay: z
      .string()
      .transform((value) => value === 'yes')
      .catch(false),
  })
  .catch({
    name: '',
    kind: '',
    homepage: '',
    redirectUris: '',
    postLogoutRedirectUris: '',
    backchannelLogoutUri: '',
    mayStay: false,
  })

export function readDraft(body: unknown): ClientAppDraft {
  return formSchema.parse(body)
}

export function draftOf(app: ClientApp): ClientAppDraft {
  return {
    name: app.name,
    kind: app.kind,
    homepage: app.homepage ?? '',
    redirectUris: app.redirectUris.join('\n'),
    postLogoutRedirectUris: app.postLogoutRedirectUris.join('\n'),
    backchannelLogoutUri: app.backchannelLogoutUri ?? '',
    mayStay: app.mayStay,
  }
}

const kinds: readonly {
  readonly value: ClientAppKind
  readonly label: string
  readonly hint: string
}[] = [
  { value: 'web', label: 'A website', hint: 'with a server that can keep a secret' },
  { value: 'browser', label: 'A page', hint: 'that runs in the browser alone' },
  { value: 'native', label: 'An app', hint: 'on a phone or a computer' },
  { value: 'device', label: 'A device', hint: 'a terminal or a television, without a browser' },
]

/** What the form's template needs. */
export function describeForm(
  draft: ClientAppDraft,
  problems: ClientAppProblems,
): Readonly<Record<string, unknown>> {
  const kind = draft.kind || 'web'
  const isDevice = kind === 'device'
  return {
    draft,
    problems,
    problemCount: Object.keys(problems).length,
    kinds: kinds.map((one) => ({ ...one, isChosen: one.value === kind })),
    kindLabel: kinds.find(({ value }) => value === kind)?.label,
    isWeb: kind === 'web',
    isDevice,
    // A new one may yet become a device.
    needsAddress: draft.kind !== '' && !isDevice,
  }
}
