// What is typed, kept on this device until the server has it. It is encrypted with the person's own key, which the
// server gives to a session; signing out takes the key away, and what is left cannot be read.
const asked = request => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result)
  request.onerror = () => reject(request.error)
})
let opened
function open () {
  const request = indexedDB.open('deltoid', 1)
  request.onupgradeneeded = () => {
    for (const name of ['keys', 'drafts', 'waiting']) request.result.createObjectStore(name)
  }
  return asked(request)
}
async function store (name, mode = 'readwrite') {
  opened ??= open()
  return (await opened).transaction(name, mode).objectStore(name)
}

let session
/** Who types, with which key, and a token for saving; null where nothing may be kept here. */
export async function begin (claim) {
  const answer = await fetch(`/chart/device?claim=${claim}`).catch(() => null)
  const given = answer?.ok && !answer.redirected ? await answer.json().catch(() => null) : null // cut off half way
  if (given) {
    const { person, secret, token, edited } = given
    const bytes = Uint8Array.from(atob(secret), c => c.charCodeAt(0))
    const key = await crypto.subtle?.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt'])
    if (!key) return null // only a page over TLS, or of this machine, may encrypt
    await asked((await store('keys')).put({ person, key }, 'now'))
    return (session = { person, key, token, edited })
  }
  if (answer?.status === 404) return null
  // no network, or the session has ended: the key of this device stays until its person signs out
  return (session = await asked((await store('keys')).get('now')) ?? null)
}

async function seal (value) {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const data = new TextEncoder().encode(JSON.stringify(value))
  return { iv, data: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, session.key, data) }
}
async function read ({ iv, data }) {
  const text = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, session.key, data)
  return JSON.parse(new TextDecoder().decode(text))
}

let order = Promise.resolve() // of writing: an earlier copy must not come after a later one
const inOrder = write => (order = order.then(write, write))

let latest = null
/** Writes the draft as it is when its turn comes: of several changes only the last is written. */
export function keepDraft (form, edited, entries) {
  if (!session) return order
  const isComing = latest !== null
  latest = { form, edited, entries }
  return isComing ? order : inOrder(async () => {
    const now = latest
    latest = null
    const sealed = await seal(now.entries)
    await asked((await store('drafts')).put({ ...sealed, edited: now.edited }, [session.person, now.form]))
  })
}

/** The draft of a form; null where there is none, or where it is of another key. */
export async function draftOf (form) {
  if (!session) return null
  const kept = await asked((await store('drafts')).get([session.person, form]))
  return kept ? { edited: kept.edited, entries: await read(kept) } : null
}

/** The server has what was typed until then: the copy goes, unless it is later. */
export const dropDraft = (form, until) => session && inOrder(async () => {
  const drafts = await store('drafts')
  const kept = await asked(drafts.get([session.person, form]))
  if (kept && kept.edited <= until) await asked(drafts.delete([session.person, form]))
})

/** A form that is saved once the network is back; the same form again takes its place. */
export const wait = (key, entries) => inOrder(async () => {
  const sealed = await seal(entries)
  const same = (await records()).find(r => r.key === key)
  await asked((await store('waiting')).put({ ...sealed, key }, same?.id ?? [session.person, Date.now()]))
})

async function records () {
  if (!session) return []
  const of = IDBKeyRange.bound([session.person, 0], [session.person, Number.MAX_SAFE_INTEGER])
  const [ids, values] = await Promise.all([asked((await store('waiting')).getAllKeys(of)),
    asked((await store('waiting')).getAll(of))])
  return values.map((value, i) => ({ ...value, id: ids[i] }))
}

/** What waits, the first first. */
export async function waiting () {
  return Promise.all((await records()).map(async one => ({ key: one.key, entries: await read(one) })))
}

export const dropWaiting = key => session && inOrder(async () => {
  const one = (await records()).find(r => r.key === key)
  if (one) await asked((await store('waiting')).delete(one.id))
})

/** Signing out: the key and the shell of the screen go. What the server has not yet stays closed. */
export async function leave () {
  await asked((await store('keys')).delete('now'))
  navigator.serviceWorker?.controller?.postMessage('leave') // it may be keeping the shell just now
  await caches.delete('deltoid-shell')
  session = null
}
