// The code book, as it comes (SiteBook.cs) and as the engine maps it.
const [COLUMNS, STEPS] = [1, 2]

/** Rows whose columns are side by side; each is there, or is all zeros. */
function rowsOf (columns, size, count, way, rows) {
  for (let k = 0; k < size; k++) {
    const column = columns[k]
    if (!column) continue
    for (let row = 0, at = k, before = 0; row < count; row++, at += size) {
      before = way === COLUMNS ? column[row] : (before + column[row]) & 255
      rows[at] = before
    }
  }
}

/** Rows of which each says the step from the one before, as one number of so many bytes. */
function stepsOf (columns, size, count, rows) {
  const zeros = new Uint8Array(count)
  const all = columns.map(column => column ?? zeros)
  for (let row = 0, at = 0; row < count; row++) {
    for (let k = 0, carry = 0; k < size; k++, at++) {
      const sum = all[k][row] + (row === 0 ? 0 : rows[at - size]) + carry
      carry = sum >> 8
      rows[at] = sum
    }
  }
}

/** What repeats far apart is copied from where it was first. */
function whole (bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const [all, steps] = [new Uint8Array(view.getInt32(0, true)), view.getInt32(4, true)]
  let [from, to] = [8 + steps * 12, 0]
  for (let step = 0, at = 8; step < steps; step++, at += 12) {
    const [length, copied, back] = [0, 4, 8].map(place => view.getInt32(at + place, true))
    all.set(bytes.subarray(from, from + length), to)
    from += length
    to += length
    for (let left = copied; left > 0;) { // a copy may reach into itself
      const some = Math.min(left, back)
      all.copyWithin(to, to - back, to - back + some)
      to += some
      left -= some
    }
  }
  return all
}

/** The bytes of the pack. */
export function packOf (travelled) {
  const bytes = whole(travelled)
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const parts = Array.from({ length: view.getInt32(0, true) }, (_, i) =>
    [0, 4, 8].map(place => view.getInt32(4 + i * 12 + place, true)))
  const pack = new Uint8Array(parts.reduce((sum, [size, count]) => sum + size * count, 0))
  let [from, to] = [4 + parts.length * 12, 0]
  const next = length => bytes.subarray(from, from += length)
  for (const [size, count, way] of parts) {
    const rows = pack.subarray(to, to += size * count)
    if (way === 0) {
      rows.set(next(rows.length))
      continue
    }
    const columns = Array.from(next(size), isThere => isThere ? next(count) : null)
    if (way === STEPS) stepsOf(columns, size, count, rows)
    else rowsOf(columns, size, count, way, rows)
  }
  return pack
}
