/** For tests: films and sounds made of their parts. Lengths are worked out here. */

export function box(type: string, ...parts: readonly (Buffer | string)[]): Buffer {
  const content = Buffer.concat(parts.map((part) => Buffer.from(part as string, 'latin1')))
  const head = Buffer.alloc(8)
  head.writeUInt32BE(8 + content.length)
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, content])
}

export function numbers(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4)
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, index * 4)
  return bytes
}

export function chunk(type: string, content: Buffer | string): Buffer {
  const bytes = Buffer.from(content as string, 'latin1')
  const head = Buffer.alloc(8)
  head.write(type, 'latin1')
  head.writeUInt32LE(bytes.length, 4)
  return Buffer.concat([head, bytes, Buffer.alloc(bytes.length % 2)])
}

/** A second of silence, and more chunks before the sound. */
export function wav(...chunks: readonly Buffer[]): Buffer {
  const format = Buffer.alloc(16)
  format.writeUInt16LE(1, 0)
  format.writeUInt16LE(1, 2)
  format.writeUInt32LE(8000, 4)
  format.writeUInt32LE(8000, 8)
  format.writeUInt16LE(1, 12)
  format.writeUInt16LE(8, 14)
  const parts = [chunk('fmt ', format), ...chunks, chunk('data', Buffer.alloc(8000, 0x80))]
  return chunk('RIFF', Buffer.concat([Buffer.from('WAVE'), ...parts]))
}

/** A second and more of silence, in 40 frames. */
export function mp3(): Buffer {
  const frame = Buffer.alloc(417)
  frame.set([0xff, 0xfb, 0x90, 0x64])
  return Buffer.concat(Array.from({ length: 40 }, () => frame))
}

export function id3v2(text: string): Buffer {
  const frame = Buffer.concat([Buffer.from('TXXX'), numbers(text.length + 1), Buffer.alloc(3)])
  const content = Buffer.concat([frame, Buffer.from(text)])
  const { length } = content
  const size = [length >> 21, length >> 14, length >> 7, length].map((part) => part & 0x7f)
  return Buffer.concat([Buffer.from('ID3\x03\x00\x00'), Buffer.from(size), content])
}

export function element(id: number, ...parts: readonly (Buffer | string)[]): Buffer {
  const content = Buffer.concat(parts.map((part) => Buffer.from(part as string, 'latin1')))
  const name = Buffer.from(
    id.toString(16).padStart(id > 0xff_ffff ? 8 : id > 0xff ? 4 : 2, '0'),
    'hex',
  )
  const size = Buffer.alloc(8)
  size.writeBigUInt64BE(BigInt(content.length))
  size[0] = 0x01
  return Buffer.concat([name, size, content])
}

/** A page of an Ogg stream that holds whole packets. Its checksum is not worked out. */
export function oggPage(number: number, ...packets: readonly Buffer[]): Buffer {
  const head = Buffer.alloc(27)
  head.write('OggS')
  head[5] = number === 0 ? 2 : 0
  head.writeUInt32LE(77, 14)
  head.writeUInt32LE(number, 18)
  const lengths = packets.flatMap(({ length }) => [
    ...Array.from({ length: Math.floor(length / 255) }, () => 255),
    length % 255,
  ])
  head[26] = lengths.length
  return Buffer.concat([head, Buffer.from(lengths), ...packets])
}
