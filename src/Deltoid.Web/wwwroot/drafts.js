// Nothing that is typed is lost. A draft goes to the server every two seconds and when a field is left; until it is
// there, the device has a copy. Saving without a network waits on the device, and is sent in its order.
import * as device from './device.js'
import { T } from './said.js'
import { pageOf, workerAt } from './trust.js'

const form = document.getElementById('shot')
const fields = document.getElementById('fields')
const state = document.getElementById('draft-state')
const network = document.getElementById('network')
const hidden = name => form.elements[name]
const name = () => hidden('Claim').value === '0' ? 'shot' : `claim/${hidden('Claim').value}`
const entries = () => [...new FormData(form)].filter(([key]) => key !== '__RequestVerificationToken')
const hasCopy = () => here !== null
/** Where this tab notes how late its last words are: a number, no words. */
const stamp = () => `edited ${here?.person} ${name()}`

/** The answer of the server; null where there is no network. */
async function post (path, from, more = {}, options = {}) {
  const body = new FormData()
  for (const [key, value] of from) body.append(key, value)
  for (const [key, value] of Object.entries(more)) body.set(key, value)
  body.set('__RequestVerificationToken', here?.token ?? hidden('__RequestVerificationToken').value)
  return fetch(path, { method: 'POST', body, ...options }).catch(() => null)
}

// ---- what people see of it
let here = null
const begun = begin()
async function begin () {
  here = await device.begin(hidden('Claim').value).catch(() => null)
}
function say (text, ...more) {
  network.replaceChildren(text, ...more)
  network.hidden = false
}
let isGone = false
function gone () {
  const isNew = !isGone
  isGone = true
  if (isNew && hasCopy()) copy() // what the server has cannot be read here now
  if (!isNew && !network.hidden) return // what is said about the shot stays
  say('▲ ' + T(hasCopy()
    ? 'No network. What you type is kept on this device, encrypted. Saving waits for the network.'
    : 'No network. Your text is on this page: leave it open until the network is back.'))
}
/** Says why there was no answer. */
export function noAnswer (answer) {
  if (!answer) return gone()
  if (!answer.redirected) return say('▲ ' + T('The server could not do this. Your text is on this page.'))
  say(`▲ ${T('You are signed out.')} `, Object.assign(document.createElement('a'),
    { href: '/sign-in', target: '_blank', textContent: T('Sign in in another tab') }), T(', then save here again.'))
}
addEventListener('offline', gone)
addEventListener('online', async () => {
  isGone = false
  network.hidden = true
  await begin()
  await keep()
  // the network may have gone again meanwhile: then the copy is all that can be read here
  if (!changed && !sending && !isGone) await device.dropDraft(name(), Number(hidden('Edited').value))
  await replay()
})

// ---- the draft
let [changed, sending, saving] = [false, false, false]
for (const event of ['input', 'change', 'filled']) form.addEventListener(event, touched)
function touched () {
  changed = true
  const edited = Math.max(Date.now(), Number(hidden('Edited').value) + 1)
  hidden('Edited').value = edited
  sessionStorage.setItem(stamp(), edited)
  copy()
}
let copies = 0
function copy () {
  const mine = ++copies
  if (isGone) state.textContent = ''
  device.keepDraft(name(), Number(hidden('Edited').value), entries()).then(() => {
    // all that was typed
    if (mine === copies && isGone && hasCopy()) state.textContent = '✔ ' + T('kept on this device')
  })
}
export async function keep () {
  if (!changed || sending || saving) return
  ;[changed, sending] = [false, true]
  const edited = Number(hidden('Edited').value)
  const answer = await post('/chart/draft', entries(), {}, { keepalive: true })
  sending = false
  if (!answer?.ok || answer.redirected) {
    changed = true
    return noAnswer(answer)
  }
  const at = await answer.text().catch(() => null)
  if (at === null) return gone()
  if (isGone) return copy() // the network went while the server answered, and what it has cannot be read here now
  state.textContent = `✔ ${T('kept {0}', at)}`
  await device.dropDraft(name(), edited)
}
setInterval(keep, 2000)
form.addEventListener('focusout', keep)
addEventListener('pagehide', () => {
  if (changed && !saving) navigator.sendBeacon('/chart/draft', new FormData(form))
})

/** Puts what was typed back: with the network as the server shows it, without it field by field. */
async function bring (from) {
  const answer = await post('/chart/fields', from, { Act: '', Value: '' })
  if (answer?.ok && !answer.redirected) fields.replaceChildren(...(await pageOf(answer)).body.childNodes)
  else {
    for (const [key, value] of from) {
      const all = [form.elements[key]].flatMap(e => e instanceof RadioNodeList ? [...e] : e ?? [])
      const radio = all.find(e => ['radio', 'checkbox'].includes(e.type) && e.value === value)
      if (radio) radio.checked = true
      else if (all.length > 0 && all[0].type !== 'radio') all[0].value = value
      // a field that this page does not have: its value goes along unseen
      else hidden('Key').after(Object.assign(document.createElement('input'), { type: 'hidden', name: key, value }))
    }
  }
  form.dispatchEvent(new Event('filled', { bubbles: true }))
}

/** A form of its own: nobody else has its key, and the day is that of the device. */
function own () {
  hidden('Key').value = crypto.randomUUID()
  hidden('Day').value = new Date().toLocaleDateString('sv')
}

// ---- saving
form.addEventListener('submit', async event => {
  event.preventDefault()
  if (saving) return
  saving = true
  await begun // whether this device may keep it
  await form.acting
  const [all, edited, key] = [entries(), Number(hidden('Edited').value), hidden('Key').value]
  const answer = await post('/chart', all, {}, { headers: { Accept: 'application/json' } })
  if (answer?.ok && !answer.redirected) {
    await device.dropDraft(name(), edited)
    await device.dropWaiting(key)
    sessionStorage.removeItem(stamp())
    location.href = (await answer.json()).to
  } else if (answer?.status === 422) form.submit() // the same again: the page says what is wrong
  else {
    if (answer || !hasCopy()) noAnswer(answer)
    else await putAside(key, all, edited)
    saving = false
  }
})

// a form that is given up is no draft any more
document.getElementById('draft-found')?.addEventListener('submit', async event => {
  event.preventDefault()
  saving = true
  await device.dropDraft(name(), Infinity)
  sessionStorage.removeItem(stamp())
  event.target.submit()
})

/** No network: the shot waits on the device, and the form is free for the next one. */
async function putAside (key, all, edited) {
  const [who, drug] = [hidden('Who').value, form.elements['Shots[0].Drug'].value]
  if (!who.trim() && !drug.trim()) return // the form of the shot before is aside already
  if (hidden('Patient').value === '0' && !/\d+[/-]\d+[/-]\d+/.test(who)) {
    document.getElementById('who').focus()
    return say('▲ ' +
      T('Not saved yet: without the network nobody can be looked up. Write name and birth date.'))
  }
  if (!drug.trim()) {
    document.getElementById('Drug-0').focus()
    return say('▲ ' + T('Not saved yet: the drug is missing.'))
  }
  await device.wait(key, all)
  const blank = hidden('Claim').value === '0' ? await fetch('/chart/blank').catch(() => null) : null
  if (blank?.ok) {
    fields.replaceChildren(...(await pageOf(blank)).getElementById('fields').childNodes)
    own()
    await device.dropDraft('shot', Infinity) // also what was kept while the form was going
    sessionStorage.removeItem(stamp())
    changed = false
    document.getElementById('who').focus()
  }
  const count = (await device.waiting()).length
  say(`✔ ${T('Saved on this device, encrypted.')} ${
    count === 1 ? T('1 shot waits for the network.') : T('{0} shots wait for the network.', count)}`)
}

let replaying = false
async function replay () {
  if (replaying || !here?.token) return
  replaying = true
  let sent = 0
  const refused = []
  for (const one of await device.waiting()) {
    const answer = await post('/chart', one.entries, { Waited: 'true' }, { headers: { Accept: 'application/json' } })
    if (!answer || answer.redirected) { noAnswer(answer); break }
    if (answer.ok) {
      await device.dropWaiting(one.key)
      sent++
    } else {
      const none = { fault: T('the server could not take it') }
      refused.push({ ...one, ...await answer.json().catch(() => none) })
    }
  }
  replaying = false
  if (refused.length > 0) open(refused[0], refused.length)
  else if (sent > 0) {
    say(`✔ ${sent === 1 ? T('The shot that waited is saved.') : T('{0} shots that waited are saved.', sent)}`)
  }
}
function open (one, count) {
  const button = Object.assign(document.createElement('button'), { type: 'button', textContent: T('Open it') })
  button.addEventListener('click', async () => {
    if (hidden('Patient').value !== '0' || form.elements['Shots[0].Drug'].value) {
      return say('▲ ' + T('Save this shot first, then load the page again.'))
    }
    await bring(one.entries)
    network.hidden = true
  })
  say(`▲ ${count === 1 ? T('1 shot that waited needs you: {0}.', one.fault)
    : T('{0} shots that waited need you: {1}.', count, one.fault)} `, button)
}

// ---- the beginning
async function start () {
  await begun
  if (form.dataset.blank) own()
  if (changed) touched() // it was typed before there was a key
  // a page that is loaded again comes before the last words of the one before
  const kept = await device.draftOf(name()).catch(() => null)
  const shown = () => Math.max(kept?.edited ?? 0, Number(hidden('Edited').value))
  const comes = () => here?.token && !changed &&
    Math.max(here.edited, shown()) < Number(sessionStorage.getItem(stamp()))
  for (let i = 0; i < 40 && comes(); i++) {
    await new Promise(resolve => setTimeout(resolve, 250)) // they are on their way to the server
    await begin()
  }
  if (comes()) sessionStorage.removeItem(stamp()) // saved or given up elsewhere
  if (here?.edited > shown() && !changed) return location.reload()
  if (kept && kept.edited > Number(hidden('Edited').value)) await bring(kept.entries)
  form.dataset.ready = 'true'
  if (!navigator.onLine) return gone()
  if (!here?.token) return
  await replay()
  const offline = await navigator.serviceWorker?.register(workerAt('/worker.js'))
    .then(() => navigator.serviceWorker.ready)
  offline?.active?.postMessage('keep')
}
start()
