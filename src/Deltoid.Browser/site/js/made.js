// What of the book does not travel (SiteLeftOut.cs), since the rest says it. A script, as unpack.js.
(() => {
  /** The sections of a pack by their names. */
  function sectionsOf (pack) {
    const view = new DataView(pack.buffer)
    return Object.fromEntries(Array.from({ length: view.getInt32(12, true) }, (_, i) => {
      const entry = 64 + i * 48
      const name = String.fromCharCode(...pack.subarray(entry, entry + 24)).replaceAll('\0', '')
      const [size, count, at] = [24, 28, 32].map(place => view.getInt32(entry + place, true))
      return [name, { size, count, at }]
    }))
  }

  /** The index of codes (CodeIndex.cs): a code is at the place that its hash says, or at the next that is free. */
  function indexCodes (pack, { codes, id, 'id:key': key }) {
    const [all, keys] = [codes, key].map(({ at, count }) => new BigUint64Array(pack.buffer, at, count))
    const ids = new Int32Array(pack.buffer, id.at, id.count)
    const shift = BigInt(64 - Math.log2(ids.length))
    all.forEach((code, number) => {
      let place = Number(BigInt.asUintN(64, code * 0x9E3779B97F4A7C15n) >> shift)
      while (keys[place] !== 0n) place = (place + 1) % ids.length
      keys[place] = code
      ids[place] = number
    })
  }

  /** Where a row has the number of a text, it gets where the text is. */
  function place (pack, { size, count, at }, offset, starts) {
    const view = new DataView(pack.buffer)
    for (let row = 0, to = at + offset; row < count; row++, to += size) {
      const number = view.getInt32(to, true)
      if (number === 0) continue // there is no text
      view.setInt32(to, starts[number - 1], true)
      view.setInt32(to + 4, starts[number] - starts[number - 1], true)
    }
  }

  // letters and digits of ASCII in small, marks within a word left out, all else between words (FindWords.cs)
  const LONGEST = 40
  const PLAIN = 'aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty'
  const plain = letter => PLAIN[letter.charCodeAt(0) - 0xc0]
  const wordsOf = text => (text.toLowerCase().replace(/['\u2019\u00ae\u2122]/g, '').replace(/[\u00c0-\u00ff]/g, plain)
    .match(/[a-z0-9]+/g) ?? []).map(word => word.slice(0, LONGEST))

  const DRUG = 0

  /** Length and words of each row's text, and the rows of each word. */
  function readRows (pack, { 'find:row': rows, text }) {
    const view = new DataView(pack.buffer)
    const [found, decoder] = [new Map(), new TextDecoder()]
    for (let row = 0, at = rows.at; row < rows.count; row++, at += rows.size) {
      const [start, length] = [view.getInt32(at + 17, true), view.getInt32(at + 21, true)]
      const label = decoder.decode(pack.subarray(text.at + start, text.at + start + length))
      const words = wordsOf(label)
      view.setUint16(at + 33, Math.min(length, 65535), true)
      view.setUint8(at + 35, Math.min(words.length, 255))
      if (view.getUint8(at) === DRUG && label.includes('-')) words.push(...wordsOf(label.replaceAll('-', '')))
      for (const word of words) {
        const list = found.get(word)
        if (!list) found.set(word, [row])
        else if (list.at(-1) !== row) list.push(row)
      }
    }
    return found
  }

  /** The index for search (FindDraft.cs): all words, sorted, and the rows of each. */
  function indexWords (pack, sections) {
    const found = readRows(pack, sections)
    const [letters, starts, at, rows] = ['letter', 'word', 'at', 'found'].map(name => sections['find:' + name].at)
    const view = new DataView(pack.buffer)
    let [letter, row] = [0, 0]
    const words = [...found.keys()].sort()
    words.forEach((word, number) => {
      for (const sign of word) pack[letters + letter++] = sign.charCodeAt(0)
      for (const each of found.get(word)) view.setInt32(rows + 4 * row++, each, true)
      view.setInt32(starts + 4 * (number + 1), letter, true)
      view.setInt32(at + 4 * (number + 1), row, true)
    })
  }

  /** Makes all of it, in place. */
  globalThis.make = (pack, starts) => {
    const sections = sectionsOf(pack)
    indexCodes(pack, sections)
    place(pack, sections['icd:label'], 0, starts)
    place(pack, sections['find:row'], 17, starts)
    indexWords(pack, sections)
  }
})()
