import { randomUUID } from 'node:crypto'
import type { Container } from '@rose-ash/shared/contracts/container'
import type { TestApp } from '@rose-ash/testing/app'
import { asc } from 'drizzle-orm'
import { menuNodes } from '../../../models/index.ts'

export type Fields = Readonly<Record<string, string>>
export type Cookies = Record<string, string>

/** The cookies of somebody who is an editor of one page only. */
export async function signInAsKeeper(blog: TestApp, page: Container): Promise<Cookies> {
  const { user, cookies } = await blog.signIn(`${randomUUID()}@example.org`)
  const container = { type: page.type, id: page.id }
  await blog.dependencies.services.account.grantRole({ userId: user.id, role: 'editor', container })
  return cookies
}

export interface Answer {
  readonly status: number
  readonly body: string
  readonly location: string
}

/** A form as a browser sends it. */
export async function postForm(
  blog: TestApp,
  url: string,
  { fields, cookies }: { readonly fields: Fields; readonly cookies: Cookies },
): Promise<Answer> {
  const answer = await blog.app.inject({
    method: 'POST',
    url,
    cookies,
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' },
    payload: new URLSearchParams(fields).toString(),
  })
  const { location = '' } = answer.headers
  return { status: answer.statusCode, body: answer.body, location }
}

export async function getPage(blog: TestApp, url: string, cookies: Cookies): Promise<Answer> {
  const answer = await blog.app.inject({ url, cookies, headers: { accept: 'text/html' } })
  const { location = '' } = answer.headers
  return { status: answer.statusCode, body: answer.body, location }
}

/** An editor of menus, and what comes of what they do. */
export interface MenuEditor {
  get(url?: string, cookies?: Cookies): Promise<Answer>
  /** With the version of the menu as it is now, unless another is given. */
  change(
    fields: Fields,
    how?: { readonly url?: string; readonly cookies?: Cookies },
  ): Promise<Answer>
  /** Entries that lead elsewhere. */
  addAll(...labels: string[]): Promise<void>
  idOf(label: string): Promise<string>
  /** All menus as `Us > Mill`, in order. Throws when the places have gaps. */
  tree(): Promise<readonly string[]>
  /** Labels and addresses as visitors see them. */
  shown(parameters?: Record<string, string>): Promise<readonly (readonly [string, string])[]>
}

export const menuUrl = '/admin/navigation/'

export function createMenuEditor(blog: TestApp, editor: Cookies): MenuEditor {
  const { database } = blog.dependencies.connection
  const get: MenuEditor['get'] = (url = menuUrl, cookies = editor) => getPage(blog, url, cookies)
  const change: MenuEditor['change'] = async (fields, { url = menuUrl, cookies = editor } = {}) => {
    const version = fields['version'] ?? versionIn((await get(url, cookies)).body)
    return postForm(blog, `${url}change`, { fields: { ...fields, version }, cookies })
  }
  return {
    get,
    change,
    async addAll(...labels) {
      for (const label of labels)
        await change({ action: 'add', label, address: 'https://example.org/' })
    },
    async idOf(label) {
      const rows = await database.select().from(menuNodes)
      return rows.find((row) => row.label === label)!.id
    },
    async tree() {
      const rows = await database.select().from(menuNodes).orderBy(asc(menuNodes.sortOrder))
      const walk = (parentId: string | null, before: string): string[] =>
        rows
          .filter((row) => row.parentId === parentId && row.containerType !== 'removed')
          .flatMap((row, index) => {
            if (row.sortOrder !== index) throw new Error(`${row.label} is at ${row.sortOrder}`)
            const path = before + row.label
            return [path, ...walk(row.id, `${path} > `)]
          })
      return walk(null, '')
    },
    async shown(parameters = {}) {
      const [html = ''] = await blog.fragments({ type: 'nav-tree', parameters })
      return [...html.matchAll(/href="([^"]+)">([^<]+)</g)].map(([, url = '', label = '']) => [
        label,
        url,
      ])
    },
  }
}

export function versionIn(body: string): string {
  return /data-version="([^"]*)"/.exec(body)?.[1] ?? ''
}
