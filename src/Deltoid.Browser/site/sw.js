// Keeps the whole site on the device. The version is that of its files: other files, another copy.
const VERSION = '{version}'
const root = new URL('.', location.href)
importScripts('js/unpack.js', 'js/made.js', 'js/book.js')

/** What travels packed: kept as it is used, so that it is unpacked once. */
async function unpacked (path) {
  const answer = await fetch(new URL(path, root))
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
  return globalThis.unpack(new Uint8Array(await answer.arrayBuffer()))
}

/** Pages and their cases come in one file: an object of address and text. */
async function pages (cache) {
  const all = JSON.parse(new TextDecoder().decode(await unpacked('pages.jsonz')))
  await Promise.all(Object.entries(all).map(([path, text]) => {
    const type = path.endsWith('.json') ? 'application/json' : 'text/html; charset=utf-8'
    return cache.put(new URL(path, root), new Response(text, { headers: { 'content-type': type } }))
  }))
}

async function keep () {
  const cache = await caches.open(VERSION)
  const files = await (await fetch(new URL('files.json', root), { cache: 'no-cache' })).json()
  const isPacked = path => path.startsWith('engine/') && path.endsWith('z')
  await cache.addAll(files.filter(path => !isPacked(path)).map(path => new URL(path, root).href))
  for (const path of files.filter(isPacked)) {
    const bytes = await unpacked(path)
    const used = path.endsWith('.packz') ? globalThis.packOf(bytes) : bytes
    await cache.put(new URL(path, root), new Response(used, { headers: { unpacked: 'yes' } }))
  }
  await pages(cache)
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
