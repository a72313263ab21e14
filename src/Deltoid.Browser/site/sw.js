// Keeps the whole site on the device. The version is that of its files: other files, another copy.
const VERSION = '{version}'
const root = new URL('.', location.href)
importScripts('js/unpack.js', 'js/made.js', 'js/book.js')

const put = (cache, path, body, headers) => cache.put(new URL(path, root), new Response(body, { headers }))

/** What travels packed is kept as it is used, so that it is unpacked once. */
async function keepPacked (cache, path) {
  const answer = await fetch(new URL(path, root))
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
  const bytes = globalThis.unpack(new Uint8Array(await answer.arrayBuffer()))
  const used = path.endsWith('/book.packz') ? globalThis.packOf(bytes) : bytes
  await put(cache, path, used, { unpacked: 'yes' })
  if (path === 'pages.jsonz') await keepPages(cache, JSON.parse(new TextDecoder().decode(used)))
}

/** All pages and their cases come in one file: an object of address and text. */
const keepPages = (cache, all) => Promise.all(Object.entries(all).map(([path, text]) => {
  const type = path.endsWith('.json') ? 'application/json' : 'text/html; charset=utf-8'
  return put(cache, path, text, { 'content-type': type })
}))

async function keep () {
  const cache = await caches.open(VERSION)
  const files = await (await fetch(new URL('files.json', root), { cache: 'no-cache' })).json()
  await cache.addAll(files.filter(path => !path.endsWith('z')).map(path => new URL(path, root).href))
  for (const path of files.filter(path => path.endsWith('z'))) await keepPacked(cache, path)
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
