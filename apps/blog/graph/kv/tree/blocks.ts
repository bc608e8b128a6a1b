const blockBytes = 1024
const slabBlocks = 64
/** Slabs without pages at the beginning: no number of a page then fits in the byte of an entry. */
const emptySlabs = 4

/**
 * Memory for pages, in slabs, so that many pages are few objects. A page is one block or more, and its number says
 * where it is; numbers begin at 256.
 */
export class Blocks {
  readonly #slabs: Uint8Array[] = Array.from({ length: emptySlabs }, () => new Uint8Array(0))
  /** Pages that were given back, by how many blocks they have. */
  readonly #free = new Map<number, number[]>()
  /** In the last slab of many pages. */
  #next = 0
  #left = 0

  get bytes(): number {
    return this.#slabs.reduce((sum, { byteLength }) => sum + byteLength, 0)
  }

  slabOf(page: number): Uint8Array {
    return this.#slabs[page >>> 6] as Uint8Array
  }

  /** Where in its slab a page begins. */
  startOf(page: number): number {
    return (page & 0x3f) * blockBytes
  }

  /** A page for at least so many bytes; what is in it is undefined. */
  allocate(bytes: number): number {
    const blocks = countBlocks(bytes)
    const free = this.#free.get(blocks)?.pop()
    if (free !== undefined) return free
    if (blocks > slabBlocks) return this.#addSlab(blocks)
    if (this.#left < blocks) {
      this.#next = this.#addSlab(slabBlocks)
      this.#left = slabBlocks
    }
    const page = this.#next
    this.#next += blocks
    this.#left -= blocks
    return page
  }

  /** Gives a page back that was allocated for so many bytes. */
  release(page: number, bytes: number): void {
    const blocks = countBlocks(bytes)
    const free = this.#free.get(blocks)
    if (free) free.push(page)
    else this.#free.set(blocks, [page])
  }

  #addSlab(blocks: number): number {
    return (this.#slabs.push(new Uint8Array(blocks * blockBytes)) - 1) << 6
  }
}

/** How many bytes a page has that was asked for so many. */
export function capacityFor(bytes: number): number {
  return countBlocks(bytes) * blockBytes
}

function countBlocks(bytes: number): number {
  let blocks = 1
  while (blocks * blockBytes < bytes) blocks *= 2
  return blocks
}
