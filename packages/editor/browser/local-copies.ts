/// <reference lib="dom" />

/** What was in the form at one moment, kept in this browser. */
export interface LocalCopy {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly title: string
  readonly lexical: string
  /** Of the post, when it was kept; empty for a new one. */
  readonly version: string
}

export interface LocalCopies {
  /** False when the browser keeps nothing: storage is full or switched off. */
  keep(copy: LocalCopy): boolean
  forget(): void
  /** What an earlier visit left. It is put aside, so that `keep` does not lose it. */
  takeEarlier(): LocalCopy | undefined
  forgetEarlier(): void
  /** What was kept of a new post, when it is the one that is there now. */
  forgetNew(isThisOne: (copy: LocalCopy) => boolean): void
  /** The post has got its id: `post:<id>`. */
  rename(key: string): void
}

const newName = 'rose-ash:post:new'

/**
 * One copy a post, under its id: a version more on the server does not make it unfindable. `key` may
 * end with a version, `post:<id>:<version>`.
 */
export function createLocalCopies(key: string): LocalCopies {
  let name = nameOf(key)
  const aside = () => `${name}:earlier`
  return {
    keep: (copy) => write(name, copy),
    forget: () => remove(name),
    takeEarlier() {
      const copy = read(name)
      if (copy && write(aside(), copy)) remove(name)
      return copy ?? read(aside())
    },
    forgetEarlier: () => remove(aside()),
    forgetNew(isThisOne) {
      const copy = name === newName ? undefined : read(newName)
      if (copy && isThisOne(copy)) remove(newName)
    },
    rename(next) {
      remove(name)
      name = nameOf(next)
    },
  }
}

function nameOf(key: string): string {
  const [, kept = key] = /^(post:[^:]+)(?::\d+)?$/.exec(key) ?? []
  return `rose-ash:${kept}`
}

function write(name: string, copy: LocalCopy): boolean {
  try {
    localStorage.setItem(name, JSON.stringify(copy))
    return true
  } catch {
    return false
  }
}

function read(name: string): LocalCopy | undefined {
  try {
    const copy = JSON.parse(localStorage.getItem(name) ?? 'null') as Partial<LocalCopy> | null
    const isWhole =
      typeof copy?.at === 'number' &&
      typeof copy.title === 'string' &&
      typeof copy.lexical === 'string'
    return isWhole ? { ...(copy as LocalCopy), version: copy.version ?? '' } : undefined
  } catch {
    return undefined
  }
}

function remove(name: string): void {
  try {
    localStorage.removeItem(name)
  } catch {
    // Then nothing was kept either.
  }
}
