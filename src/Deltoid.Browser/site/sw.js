// Keeps the whole site on the device. The version is that of its files: other files, another copy.
const VERSION = '{version}'
const root = new URL('.', location.href)

/** Pages and their cases come in one gzipped file: an object of address and text. */
async function pages (cache) {
  const packed = await fetch(new URL('pages.jsonz', root))
  if (!packed.ok) throw new Error('pages.jsonz: ' + packed.status)
  const unpacked = new Response(packed.body.pipeThrough(new DecompressionStream('gzip')))
  await Promise.all(Object.entries(await unpacked.json()).map(([path, text]) => {
    const type = path.endsWith('.json') ? 'application/json' : 'text/html; charset=utf-8'
    return cache.put(new URL(path, root), new Response(text, { headers: { 'content-type': type } }))
  }))
}

async function keep () {
  const cache = await caches.open(VERSION)
  const files = await (await fetch(new URL('files.json', root), { cache: 'no-cache' })).json()
  await Promise.all([cache.addAll(files.map(path => new URL(path, root).href)), pages(cache)])
}

addEventListener('install', event => event.waitUntil(keep()))

addEventListener('activate', event => event.waitUntil((async () => {
  for (const name of await caches.keys()) {
    if (name.startsWith('deltoid-') && name !== VERSION) await caches.delete(name)
  }
  await clients.claim()
})()))

async function answer (request) {
  const address = new URL(request.url)
  if (address.origin !== root.origin) return Response.error() // nothing leaves for elsewhere
  if (address.pathname.endsWith('/')) address.pathname += 'index.html'
  const [cache, own] = [await caches.open(VERSION), { ignoreSearch: true }]
  const kept = await cache.match(address, own) ??
    await cache.match(address.href.replace(/[?#].*/, '') + '.html') // some hosts leave the ending out
  return kept ?? fetch(request)
}

addEventListener('fetch', event => {
  if (event.request.method === 'GET') event.respondWith(answer(event.request))
})
