import { packOf } from './book.js'

// The engine, beside the page: .NET compiled to WebAssembly. Files come gzipped whatever the host does, since no
// host has to be set up for that; they are unpacked here.
const unpacked = async address => {
  const answer = await fetch(address + 'z')
  if (!answer.ok) throw new Error(`${address}z: ${answer.status}`)
  const type = { 'content-type': 'application/wasm' }
  return new Response(answer.body.pipeThrough(new DecompressionStream('gzip')), { headers: type })
}

const book = unpacked(new URL('../engine/book.pack', import.meta.url)).then(answer => answer.arrayBuffer())
  .then(buffer => packOf(new Uint8Array(buffer)))

/** The engine keeps the book where it wants it, and opens it. */
function open (door, pack) {
  const room = door.Room(pack.length)
  room.set(pack)
  room.dispose()
  door.Open()
}

async function start () {
  globalThis.dotnetSidecar = true // else the runtime takes this worker for one of its own threads
  const { dotnet } = await import('../engine/dotnet.js')
  const runtime = await dotnet
    .withResourceLoader((type, name, address) => address.endsWith('.wasm') ? unpacked(address) : null)
    .create()
  const { Deltoid } = await runtime.getAssemblyExports('Deltoid.Browser')
  open(Deltoid.Browser.Door, await book)
  return Deltoid.Browser.Door.Run
}

const started = start()

addEventListener('message', async ({ data: { id, command, asked } }) => {
  try {
    const run = await started
    const begun = performance.now()
    const text = run(command, JSON.stringify(asked))
    postMessage({ id, text, took: performance.now() - begun })
  } catch (error) {
    postMessage({ id, fault: String(error) })
  }
})
