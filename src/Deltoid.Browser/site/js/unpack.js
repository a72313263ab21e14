// LZMA, in which everything heavy comes: a fifth smaller than gzip on any host. Four bytes say how long the bytes are
// that come out. It is a script, not a module: the service worker takes it too.
(() => {
  const chances = count => new Uint16Array(count).fill(1024)
  const lengths = () => ({ choice: chances(2), low: chances(128), middle: chances(128), high: chances(256) })

  globalThis.unpack = packed => {
    const whole = new Uint8Array(new DataView(packed.buffer, packed.byteOffset).getUint32(0, true))
    const [isMatch, isLong] = [chances(192), chances(192)]
    const [isAgain, isOther, isOlder, isOldest] = [chances(12), chances(12), chances(12), chances(12)]
    const [slots, places, near, letters] = [chances(256), chances(128), chances(16), chances(0x300 << 3)]
    const [newLength, oldLength] = [lengths(), lengths()]
    let [at, range, code] = [9, 0xffffffff, 0] // after the length and a byte that is always 0
    for (let at = 5; at < 9; at++) code = (code << 8 | packed[at]) >>> 0

    function bit (all, which) {
      const chance = all[which]
      const bound = (range >>> 11) * chance
      const is = code < bound ? 0 : 1
      if (is === 0) {
        range = bound
        all[which] = chance + (2048 - chance >> 5)
      } else {
        range -= bound
        code -= bound
        all[which] = chance - (chance >> 5)
      }
      if (range < 0x1000000) {
        range *= 256
        code = code * 256 + packed[at++]
      }
      return is
    }

    /** Bits that nothing is known of. */
    function plain (count) {
      let value = 0
      while (count-- > 0) {
        range >>>= 1
        const is = code < range ? 0 : 1
        if (is === 1) code -= range
        if (range < 0x1000000) {
          range *= 256
          code = code * 256 + packed[at++]
        }
        value = value << 1 | is
      }
      return value
    }

    /** A number by its bits, the highest first: each has chances for all that stand before it. */
    function number (all, from, bits) {
      let node = 1
      for (let i = 0; i < bits; i++) node = node << 1 | bit(all, from + node)
      return node - (1 << bits)
    }

    /** The lowest first. */
    function backward (all, from, bits) {
      let [node, value] = [1, 0]
      for (let i = 0; i < bits; i++) {
        const is = bit(all, from + node)
        node = node << 1 | is
        value |= is << i
      }
      return value
    }

    function letter (before, like) {
      const from = 0x300 * (before >> 5)
      let node = 1
      for (; like >= 0 && node < 256; like = like << 1 & 255) { // as at the place of the last match, while it holds
        const expected = like >> 7
        const is = bit(letters, from + (1 + expected << 8) + node)
        node = node << 1 | is
        if (is !== expected) break
      }
      while (node < 256) node = node << 1 | bit(letters, from + node)
      return node
    }

    function lengthOf (all, place) {
      if (bit(all.choice, 0) === 0) return 2 + number(all.low, place << 3, 3)
      if (bit(all.choice, 1) === 0) return 10 + number(all.middle, place << 3, 3)
      return 18 + number(all.high, 0, 8)
    }

    function distance (length) {
      const slot = number(slots, Math.min(length - 2, 3) << 6, 6)
      if (slot < 4) return slot
      const bits = (slot >> 1) - 1
      const base = (2 | slot & 1) << bits
      if (slot < 14) return base + backward(places, base - slot, bits)
      return base + (plain(bits - 4) << 4) + backward(near, 0, 4)
    }

    let [state, last, second, third, fourth] = [0, 0, 0, 0, 0]

    /** How long the next match is, and from where: anew, or as one of the last four. */
    function matched (place) {
      if (bit(isAgain, state) === 0) {
        fourth = third
        third = second
        second = last
        const length = lengthOf(newLength, place)
        last = distance(length)
        state = state < 7 ? 7 : 10
        return length
      }
      if (bit(isOther, state) === 1) older()
      else if (bit(isLong, state << 4 | place) === 0) {
        state = state < 7 ? 9 : 11
        return 1
      }
      const length = lengthOf(oldLength, place)
      state = state < 7 ? 8 : 11
      return length
    }

    function older () {
      const before = last
      if (bit(isOlder, state) === 0) last = second
      else {
        if (bit(isOldest, state) === 0) last = third
        else {
          last = fourth
          fourth = third
        }
        third = second
      }
      second = before
    }

    for (let to = 0; to < whole.length;) {
      const place = to & 3
      if (bit(isMatch, state << 4 | place) === 0) {
        whole[to] = letter(to === 0 ? 0 : whole[to - 1], state < 7 ? -1 : whole[to - last - 1])
        to++
        state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6
        continue
      }
      const length = matched(place)
      const from = to - last - 1
      if (last + 1 >= length) whole.copyWithin(to, from, from + length)
      else for (let i = 0; i < length; i++) whole[to + i] = whole[from + i]
      to += length
    }
    return whole
  }
})()
