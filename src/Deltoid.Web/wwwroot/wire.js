// The wire between page and server: what is under way shows, what failed is said in a sentence, a form leaves once.
// What was typed stays on the page, whatever happens.
import { T } from './said.js'
import { pageOfRequest } from './trust.js'

const QUIET = 150 // ms until a bar shows that something is under way
const LOCKED = 4000 // ms in which the same form does not leave again
let underWay = 0
let typed = false

function busy (change) {
  underWay = Math.max(0, underWay + change)
  if (underWay === 0) delete document.body.dataset.busy
  else setTimeout(() => { if (underWay > 0) document.body.dataset.busy = '' }, QUIET)
}

/** A sentence above the page; an empty one takes it away. */
function say (text, link) {
  let place = document.getElementById('wire')
  if (!place) {
    if (!text) return
    place = Object.assign(document.createElement('p'), { id: 'wire', className: 'note bad' })
    place.setAttribute('role', 'alert')
    document.getElementById('main').before(place)
  }
  place.hidden = !text
  place.replaceChildren(text)
  if (link) place.append(' ', Object.assign(document.createElement('a'), link))
}

const note = event => { if (event.isTrusted && event.target.form?.method === 'post') typed = true }
addEventListener('input', note, { capture: true })
addEventListener('change', note, { capture: true })

/** Signed out: a page without a word of its own goes to the sign-in and comes back; any other stays as it is. */
function signedOut () {
  if (!typed) location.href = '/sign-in?back=' + encodeURIComponent(location.pathname + location.search)
  else {
    say('▲ ' + T('You are signed out. What you typed is still here.'),
      { href: '/sign-in', target: '_blank', textContent: T('Sign in in another tab, then continue here.') })
  }
}

document.addEventListener('htmx:beforeSend', () => busy(1))
document.addEventListener('htmx:afterRequest', event => {
  busy(-1)
  if (event.detail.successful) say('')
})
document.addEventListener('htmx:sendError', () => say('▲ ' +
  T('No connection. What you typed is still here; try again.')))
document.addEventListener('htmx:responseError', event => {
  const { xhr } = event.detail
  if (xhr.status === 401) return signedOut()
  const page = /html/.test(xhr.getResponseHeader('content-type')) ? pageOfRequest(xhr) : null
  const alert = page?.querySelector('[role=alert]')?.textContent.trim()
  const next = page?.querySelector('#next')?.textContent.trim()
  say(alert ? `${alert} ${next ?? ''}` : '✖ ' +
    T('Something went wrong here, and nothing was changed. Try again.'))
})

// a second press of the same button while the first is under way changes nothing
addEventListener('submit', event => {
  const form = event.target
  if (event.defaultPrevented || form.method !== 'post') return
  if (Date.now() - Number(form.dataset.left ?? 0) < LOCKED) return event.preventDefault()
  form.dataset.left = Date.now()
  busy(1)
  setTimeout(() => busy(-1), LOCKED)
})
addEventListener('pageshow', event => {
  if (!event.persisted) return
  underWay = 0
  busy(0)
  for (const form of document.forms) delete form.dataset.left
})
