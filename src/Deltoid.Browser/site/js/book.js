// The code book, as it comes (SiteBook.cs) and as the engine maps it. A script, as unpack.js; made.js comes before.
(() => {
  const [COLUMNS, STEPS, TEXTS] = [1, 2, 4]
  const [LINE_END, BLANK] = [10, 32]

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

  const isPlain = byte => (byte >= 48 && byte < 58) || (byte >= 65 && byte < 91) || (byte >= 97 && byte < 123)

  /** Texts of words of a list (SiteTexts.cs); gives where each begins, where the last ends, and what comes after. */
  function textsOf (bytes, from, pool) {
    const view = new DataView(bytes.buffer, bytes.byteOffset)
    const [count, length] = [view.getInt32(from, true), view.getInt32(from + 4, true)]
    const [starts, words, ends] = [new Int32Array(count + 1), [null], []]
    const shared = from + 8 + length
    for (let at = from + 8; at < shared; at += words.at(-1).length + 1) {
      words.push(bytes.subarray(at, bytes.indexOf(LINE_END, at)))
    }
    let [at, to] = [shared + count, 0]
    for (let i = 0; i < count; i++) {
      const [same, before] = [bytes[shared + i], i === 0 ? 0 : starts[i - 1]]
      pool.copyWithin(to, before, same === 0 ? before : ends[same - 1])
      const moved = to - before
      starts[i] = to
      for (let word = 0; word < same; word++) to = ends[word] += moved
      ends.length = same
      for (let word; (word = words[view.getUint16(at, true)]); at += 2) {
        if (to > starts[i] && isPlain(word[0]) && isPlain(pool[to - 1])) pool[to++] = BLANK
        pool.set(word, to)
        ends.push(to += word.length)
      }
      at += 2
    }
    starts[count] = to
    return [starts, at]
  }

  /** The bytes of the pack. */
  globalThis.packOf = bytes => {
    const view = new DataView(bytes.buffer, bytes.byteOffset)
    const parts = Array.from({ length: view.getInt32(0, true) }, (_, i) =>
      [0, 4, 8].map(place => view.getInt32(4 + i * 12 + place, true)))
    const pack = new Uint8Array(parts.reduce((sum, [size, count]) => sum + size * count, 0))
    let [from, to, starts] = [4 + parts.length * 12, 0, null]
    const next = length => bytes.subarray(from, from += length)
    for (const [size, count, way] of parts) {
      const rows = pack.subarray(to, to += size * count)
      if (way === 0) rows.set(next(rows.length))
      else if (way === TEXTS) [starts, from] = textsOf(bytes, from, rows)
      else {
        const columns = Array.from(next(size), isThere => isThere ? next(count) : null)
        if (way === STEPS) stepsOf(columns, size, count, rows)
        else rowsOf(columns, size, count, way, rows)
      }
    }
    globalThis.make(pack, starts)
    return pack
  }
})()
