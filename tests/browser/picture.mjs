// A picture of a page as a small PNG: at most 256 colors, which is all that a page of text has.
import { deflateSync, inflateSync } from 'node:zlib'

const MOST = 256
const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10])

const CRC = Array.from({ length: 256 }, (_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1
  return n >>> 0
})
function crc (bytes) {
  let c = 0xffffffff
  for (const b of bytes) c = CRC[(c ^ b) & 255] ^ (c >>> 8)
  return (c ^ 0xffffffff) >>> 0
}
function chunk (kind, data) {
  const body = Buffer.concat([Buffer.from(kind, 'ascii'), data])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  check.writeUInt32BE(crc(body))
  return Buffer.concat([length, body, check])
}

/** The pixels of a PNG of 8 bits a channel, as RGB. */
function pixelsOf (png) {
  let [at, data, head] = [8, [], null]
  while (at < png.length) {
    const [size, kind] = [png.readUInt32BE(at), png.toString('ascii', at + 4, at + 8)]
    if (kind === 'IHDR') head = png.subarray(at + 8, at + 8 + size)
    if (kind === 'IDAT') data.push(png.subarray(at + 8, at + 8 + size))
    at += size + 12
  }
  const [width, height, channels] = [head.readUInt32BE(0), head.readUInt32BE(4), head[9] === 6 ? 4 : 3]
  const [raw, row] = [inflateSync(Buffer.concat(data)), width * channels]
  const lines = Buffer.alloc(row * height)
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (row + 1)]
    for (let x = 0; x < row; x++) {
      const here = raw[y * (row + 1) + 1 + x]
      const left = x >= channels ? lines[y * row + x - channels] : 0
      const up = y ? lines[(y - 1) * row + x] : 0
      const corner = y && x >= channels ? lines[(y - 1) * row + x - channels] : 0
      const [a, b, c] = [up - corner, left - corner, left + up - 2 * corner].map(Math.abs)
      const paeth = a <= b && a <= c ? left : b <= c ? up : corner
      lines[y * row + x] = here + [0, left, up, (left + up) >> 1, paeth][filter]
    }
  }
  return { width, height, channels, lines }
}

/** The same picture with a palette: the colors that come most, every other one as the nearest of these. */
export function small (png) {
  const { width, height, channels, lines } = pixelsOf(png)
  const counts = new Map()
  for (let i = 0; i < lines.length; i += channels) {
    const color = (lines[i] << 16) | (lines[i + 1] << 8) | lines[i + 2]
    counts.set(color, (counts.get(color) ?? 0) + 1)
  }
  const palette = [...counts].sort((a, b) => b[1] - a[1]).slice(0, MOST).map(([color]) => color)
  const index = new Map(palette.map((color, i) => [color, i]))
  const far = (a, b) => ((a >> 16) - (b >> 16)) ** 2 + ((a >> 8 & 255) - (b >> 8 & 255)) ** 2 +
    ((a & 255) - (b & 255)) ** 2
  for (const color of counts.keys()) {
    if (index.has(color)) continue
    let best = 0
    palette.forEach((each, i) => { if (far(each, color) < far(palette[best], color)) best = i })
    index.set(color, best)
  }
  const out = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = (y * width + x) * channels
      out[y * (width + 1) + 1 + x] = index.get((lines[i] << 16) | (lines[i + 1] << 8) | lines[i + 2])
    }
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 3, 0, 0, 0], 8)
  return Buffer.concat([SIGNATURE, chunk('IHDR', head),
    chunk('PLTE', Buffer.from(palette.flatMap(c => [c >> 16, c >> 8 & 255, c & 255]))),
    chunk('IDAT', deflateSync(out, { level: 9 })), chunk('IEND', Buffer.alloc(0))])
}
