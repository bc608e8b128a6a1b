import sharp from 'sharp'
import { inkColours, inkNames, paper } from './ink.ts'
import type { Ink } from './ink.ts'
import { createRandom } from './random.ts'
import type { Fade, Shape } from './shape.ts'

export interface Print {
  readonly width: number
  readonly height: number
  readonly shapes: readonly Shape[]
  readonly seed: string
  /** How uneven the ink is: 1 is rough, 0 is clean. */
  readonly grain: number
}

export interface PrintedPicture {
  /** A WebP file. */
  readonly data: Buffer
  readonly quality: number
}

/** Prints a picture at the best quality that keeps it within `maximumBytes`. */
export async function printWithin(
  request: Print & { readonly maximumBytes: number },
): Promise<PrintedPicture> {
  const pixels = await printPixels(request)
  const { width, height, maximumBytes } = request
  for (let quality = 58; ; quality -= 4) {
    const data = await sharp(pixels, { raw: { width, height, channels: 3 } })
      .webp({ quality, effort: 6, smartSubsample: true })
      .toBuffer()
    if (data.length <= maximumBytes || quality <= 24) return { data, quality }
  }
}

/**
 * Prints shapes as five inks one over the other: each ink is its own plate, a hair out of register,
 * with edges that wander and ink that does not take everywhere. Three bytes a pixel.
 */
async function printPixels(print: Print): Promise<Buffer> {
  const { width, height, grain } = print
  const size = width * height
  const pixels = new Float32Array(size * 3)
  for (let index = 0; index < size; index += 1) pixels.set(paper, index * 3)
  const texture = createTexture(print)
  for (const ink of inkNames) {
    if (!print.shapes.some((shape) => (shape.tone[ink] ?? 0) > 0)) continue
    const plate = await drawPlate(print, ink)
    layInk({ pixels, plate, ink, texture, width, height, grain })
  }
  return Buffer.from(Uint8ClampedArray.from(pixels).buffer)
}

/** One byte a pixel: how much of this ink lies there. */
async function drawPlate(print: Print, ink: Ink): Promise<Uint8Array> {
  const definitions: string[] = []
  const body = mergeAlike(print.shapes)
    .map((shape) => drawShape(shape, ink, definitions))
    .join('')
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${print.width}" height="${print.height}"><defs>${definitions.join('')}</defs><rect width="100%" height="100%" fill="#000"/>${body}</svg>`
  const { data } = await sharp(Buffer.from(svg), { unlimited: true })
    .extractChannel(0)
    .raw()
    .toBuffer({ resolveWithObject: true })
  return new Uint8Array(data)
}

/** Neighbours that differ only in their path become one: hundreds of marks draw as one path. */
function mergeAlike(shapes: readonly Shape[]): Shape[] {
  const merged: Shape[] = []
  for (const shape of shapes) {
    const last = merged.at(-1)
    if (last === undefined || !isAlike(last, shape)) merged.push(shape)
    else merged[merged.length - 1] = { ...last, path: last.path + shape.path }
  }
  return merged
}

function isAlike(first: Shape, second: Shape): boolean {
  return (
    first.tone === second.tone &&
    first.strokeWidth === second.strokeWidth &&
    first.overprint === second.overprint &&
    first.fade === second.fade &&
    first.within?.length === second.within?.length &&
    (first.within ?? []).every((wrapper, index) => wrapper === second.within?.[index])
  )
}

function drawShape(shape: Shape, ink: Ink, definitions: string[]): string {
  const share = shape.tone[ink] ?? 0
  if (shape.overprint === true && share === 0) return ''
  const paint = shape.fade && share > 0 ? fadePaint(shape.fade, share, definitions) : grey(share)
  const attributes = [
    shape.strokeWidth === undefined
      ? `fill="${paint}"`
      : `fill="none" stroke="${paint}" stroke-width="${shape.strokeWidth}" stroke-linecap="round" stroke-linejoin="round"`,
  ]
  const drawn = (shape.within ?? []).reduceRight(
    (inner, wrapper) => {
      if ('transform' in wrapper) return `<g transform="${wrapper.transform}">${inner}</g>`
      return `<g clip-path="url(#${clipId(wrapper.clip, definitions)})">${inner}</g>`
    },
    `<path d="${shape.path}" ${attributes.join(' ')}/>`,
  )
  return shape.overprint === true ? `<g style="mix-blend-mode:lighten">${drawn}</g>` : drawn
}

function clipId(path: string, definitions: string[]): string {
  const id = `d${definitions.length}`
  definitions.push(`<clipPath id="${id}"><path d="${path}"/></clipPath>`)
  return id
}

function fadePaint(fade: Fade, share: number, definitions: string[]): string {
  const id = `d${definitions.length}`
  const [x1, y1] = fade.from
  const [x2, y2] = fade.to
  definitions.push(
    `<linearGradient id="${id}" gradientUnits="userSpaceOnUse" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}">` +
      `<stop offset="0" stop-color="${grey(share * fade.fromShare)}"/>` +
      `<stop offset="1" stop-color="${grey(share * fade.toShare)}"/></linearGradient>`,
  )
  return `url(#${id})`
}

function grey(share: number): string {
  const level = Math.round(Math.min(Math.max(share, 0), 1) * 255)
  return `rgb(${level},${level},${level})`
}

interface Texture {
  /** Pixels by which an edge wanders. */
  readonly driftX: Float32Array
  readonly driftY: Float32Array
  /** From -1 to 1, in soft spots of some ten pixels. */
  readonly mottle: Float32Array
  /** From 0 to 1, in specks of two or three pixels. */
  readonly speck: Float32Array
}

function createTexture(print: Print): Texture {
  const noise = (name: string, cell: number): Float32Array =>
    valueNoise({ width: print.width, height: print.height, cell, seed: `${print.seed} ${name}` })
  return {
    driftX: noise('drift x', 13),
    driftY: noise('drift y', 13),
    mottle: noise('mottle', 26),
    speck: noise('speck', 2.6),
  }
}

interface Pass {
  readonly pixels: Float32Array
  readonly plate: Uint8Array
  readonly ink: Ink
  readonly texture: Texture
  readonly width: number
  readonly height: number
  readonly grain: number
}

/** Pixels by which each plate is out of register. */
const registers: Readonly<Record<Ink, readonly [number, number]>> = {
  ochre: [0.8, -0.9],
  rose: [-1.1, 0.7],
  sage: [1, 0.8],
  ash: [-0.6, -1],
  ink: [0, 0],
}

function layInk({ pixels, plate, ink, texture, width, height, grain }: Pass): void {
  const [registerX, registerY] = registers[ink]
  const colour = inkColours[ink]
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const index = y * width + x
      const fromX = x + registerX + (texture.driftX[index] ?? 0) * 1.7
      const fromY = y + registerY + (texture.driftY[index] ?? 0) * 1.7
      const coverage = samplePlate(plate, { x: fromX, y: fromY, width, height })
      if (coverage === 0) continue
      const share = takeInk(coverage, grain, [
        texture.speck[index] ?? 0,
        texture.mottle[index] ?? 0,
      ])
      for (let channel = 0; channel < 3; channel += 1) {
        const place = index * 3 + channel
        pixels[place] = (pixels[place] ?? 0) * (1 - share * (1 - (colour[channel] ?? 0) / 255))
      }
    }
  }
}

/** Solid ink misses a few specks; thin ink breaks up into more of them. */
function takeInk(coverage: number, grain: number, [speck, mottle]: [number, number]): number {
  const thinness = 4 * coverage * (1 - coverage)
  const missing = speck > 0.86 - 0.02 * mottle ? 0.5 * grain : 0
  const broken = (speck * 0.5 + mottle * 0.12) * 0.42 * thinness * grain
  const share = coverage * (1 - missing * 0.6 - 0.05 * mottle * grain) - broken * 0.6 + broken * 0.2
  return Math.min(Math.max(share, 0), 1)
}

interface Sample {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

function samplePlate(plate: Uint8Array, { x, y, width, height }: Sample): number {
  const left = Math.min(Math.max(Math.floor(x), 0), width - 2)
  const top = Math.min(Math.max(Math.floor(y), 0), height - 2)
  const shareX = Math.min(Math.max(x - left, 0), 1)
  const shareY = Math.min(Math.max(y - top, 0), 1)
  const start = top * width + left
  const upper = (plate[start] ?? 0) * (1 - shareX) + (plate[start + 1] ?? 0) * shareX
  const lower =
    (plate[start + width] ?? 0) * (1 - shareX) + (plate[start + width + 1] ?? 0) * shareX
  return (upper * (1 - shareY) + lower * shareY) / 255
}

interface NoiseRequest {
  readonly width: number
  readonly height: number
  readonly cell: number
  readonly seed: string
}

/** Smooth noise from -1 to 1 with one random value every `cell` pixels. */
function valueNoise({ width, height, cell, seed }: NoiseRequest): Float32Array {
  const random = createRandom(seed)
  const columns = Math.ceil(width / cell) + 2
  const rows = Math.ceil(height / cell) + 2
  const lattice = Float32Array.from({ length: columns * rows }, () => random.between(-1, 1))
  const noise = new Float32Array(width * height)
  for (let y = 0; y < height; y += 1) {
    const row = Math.floor(y / cell)
    const shareY = ease(y / cell - row)
    for (let x = 0; x < width; x += 1) {
      const column = Math.floor(x / cell)
      const shareX = ease(x / cell - column)
      const start = row * columns + column
      const upper = mix(lattice[start], lattice[start + 1], shareX)
      const lower = mix(lattice[start + columns], lattice[start + columns + 1], shareX)
      noise[y * width + x] = upper * (1 - shareY) + lower * shareY
    }
  }
  return noise
}

function mix(first: number | undefined, second: number | undefined, share: number): number {
  return (first ?? 0) * (1 - share) + (second ?? 0) * share
}

function ease(share: number): number {
  return share * share * (3 - 2 * share)
}
