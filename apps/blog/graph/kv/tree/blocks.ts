const blockBytes = 256
const numberBits = 16
const fewestBlocks = 256
const mostBlocks = 2 ** numberBits

/**
 * Memory for pages, in slabs, so that many pages are few objects: each slab is as large as those before it together,
 * up to 16 MB, most of which a kernel can give as huge pages. A page is one block or more, and its number says where it
 * is. Numbers begin at 65,536, so that none fits in the byte of an entry.
 */
export class Blocks {
  /** The first has no pages. */
  readonly #slabs: Uint8Array[] = [new Uint8Array(0)]
  /** Pages that were given back, by how many blocks they have. */
  readonly #free = new Map<number, number[]>()
  /** In the last slab of many pages. */
  #next = 0
  #left = 0
  #blocks = 0

  get bytes(): number {
    return this.#slabs.reduce((sum, { byteLength }) => sum + byteLength, 0)
  }

  slabOf(page: number): Uint8Array {
    return this.#slabs[page >>> numberBits] as Uint8Array
  }

  /** Where in its slab a page begins. */
  startOf(page: number): number {
    return (page & (mostBlocks - 1)) * blockBytes
  }

  /** A page for at least so many bytes; what is in it is undefined. */
  allocate(bytes: number): number {
    const blocks = countBlocks(bytes)
    const free = this.#free.get(blocks)?.pop()
    if (free !== undefined) return free
    if (blocks > fewestBlocks) return this.#addSlab(blocks)
    if (this.#left < blocks) {
      this.#left = Math.min(Math.max(this.#blocks, fewestBlocks), mostBlocks)
      this.#next = this.#addSlab(this.#left)
      this.#blocks += this.#left
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
    return (this.#slabs.push(new Uint8Array(blocks * blockBytes)) - 1) << numberBits
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
