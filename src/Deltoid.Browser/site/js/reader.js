import './unpack.js'
import './made.js'
import './book.js'

// Brings the code book in, beside the worker that starts the engine meanwhile.
async function read () {
  const answer = await fetch(new URL('../engine/book.packz', import.meta.url))
  if (!answer.ok) throw new Error(`book.packz: ${answer.status}`)
  const bytes = new Uint8Array(await answer.arrayBuffer())
  return answer.headers.has('unpacked') ? bytes : globalThis.packOf(globalThis.unpack(bytes))
}

read().then(pack => postMessage(pack, [pack.buffer]), error => postMessage({ fault: String(error) }))
