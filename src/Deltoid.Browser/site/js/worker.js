import './unpack.js'

// The engine, beside the page: .NET compiled to WebAssembly. Files come packed whatever the host does, since no host
// has to be set up for that; a copy that the service worker keeps is unpacked already.
async function unpacked (address) {
  const answer = await fetch(address + 'z')
  if (!answer.ok) throw new Error(`${address}z: ${answer.status}`)
  const bytes = new Uint8Array(await answer.arrayBuffer())
  return answer.headers.has('unpacked') ? bytes : globalThis.unpack(bytes)
}

const engine = name => new URL('../engine/' + name, import.meta.url).href

/** The runtime is unpacked before the assemblies: it is compiled meanwhile. */
const runtime = unpacked(engine('dotnet.native.wasm'))
const assemblies = runtime.then(() => unpacked(engine('assemblies.pack'))).then(bytes => {
  const [files, start] = [new Map(), bytes.indexOf(10) + 1] // the first line says what follows
  const line = new TextDecoder().decode(bytes.subarray(0, start - 1)).split(' ')
  for (let i = 0, at = start; i < line.length; i += 2) files.set(line[i], bytes.subarray(at, at += +line[i + 1]))
  return files
})

async function file (name) {
  const bytes = name === 'dotnet.native.wasm' ? await runtime : (await assemblies).get(name)
  return new Response(bytes, { headers: { 'content-type': 'application/wasm' } })
}

/** A worker of its own unpacks the book meanwhile. */
const book = new Promise((resolve, reject) => {
  const reader = new Worker(new URL('reader.js', import.meta.url), { type: 'module' })
  reader.addEventListener('message', ({ data }) => {
    reader.terminate()
    if (data.fault) reject(new Error(data.fault))
    else resolve(data)
  })
  reader.addEventListener('error', event => reject(new Error(event.message ?? 'the code book does not open')))
})

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
  const started = await dotnet
    .withResourceLoader((type, name, address) => address.endsWith('.wasm') ? file(name) : null)
    .create()
  const { Deltoid } = await started.getAssemblyExports('Deltoid.Browser')
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
