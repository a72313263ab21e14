// The chart screen in a house without a network: its code and an empty form are kept here, and never a patient.
const shell = () => caches.open('deltoid-shell')

addEventListener('install', () => skipWaiting())
addEventListener('activate', event => event.waitUntil(clients.claim()))
addEventListener('message', event => event.waitUntil(event.data === 'leave' ? drop() : keep()))
addEventListener('fetch', event => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== location.origin) return
  if (request.mode === 'navigate') {
    if (pathname === '/chart') event.respondWith(fetch(request).catch(() => kept('/chart/blank')))
  } else if (/\.(js|css|svg)$/.test(pathname) || pathname === '/chart/blank') {
    event.respondWith(fetch(request).catch(() => kept(request)))
  }
})

async function kept (request) {
  return await (await shell()).match(request, { ignoreVary: true }) ?? Response.error()
}

let left = 0 // how often somebody has signed out

/** Somebody signs out: nothing stays, and what is being kept just now does not come after it. */
async function drop () {
  left++
  await caches.delete('deltoid-shell')
}

/** Keeps the empty form, and the code that it names, as they are now. */
async function keep () {
  const before = left
  const blank = await fetch('/chart/blank')
  if (!blank.ok || blank.redirected) return
  const text = await blank.clone().text()
  const code = [...text.matchAll(/(?:src|href)="(\/[^"]+\.(?:js|css|svg)[^"]*)"/g)].map(m => m[1])
  const cache = await shell()
  await cache.put('/chart/blank', blank)
  await cache.addAll([...new Set(code)])
  if (left !== before) await caches.delete('deltoid-shell')
}
