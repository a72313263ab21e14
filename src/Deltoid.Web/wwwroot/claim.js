// The claim editor: marks at fields, problems by keyboard, a fix shown before it is applied, a draft kept.
import { pageOf } from './trust.js'

const form = document.getElementById('claim')
const problems = document.getElementById('problems')
const field = name => name ? document.getElementById(name) : null
const all = () => [...problems.querySelectorAll('li[data-field]')]
const said = form.dataset // what is said here, in the language of the page: data-said-…
let current = null
let isChanged = false
const undone = [] // what the program has put into fields, the last first: [name, text before] of each

/** Each problem is marked at its field, with an icon and a description. */
function mark () {
  for (const input of form.querySelectorAll('[aria-invalid]')) {
    input.removeAttribute('aria-invalid')
    input.removeAttribute('aria-describedby')
    input.removeAttribute('data-mark')
    input.parentElement.removeAttribute('data-mark')
  }
  for (const item of [...problems.querySelectorAll('[data-mark]')].reverse()) {
    const input = field(item.dataset.field)
    if (!input) continue
    input.setAttribute('aria-invalid', 'true')
    input.setAttribute('aria-describedby', item.id)
    input.dataset.mark = input.parentElement.dataset.mark = item.dataset.mark
  }
  const total = problems.querySelector('[data-total]')?.dataset.total
  if (total) field('charge').value = total
}

function go (item, step = 0) {
  const items = all()
  if (items.length === 0) return
  const at = items.indexOf(item)
  current = at < 0 ? items.at(step < 0 ? -1 : 0) : items[(at + step + items.length) % items.length]
  for (const one of items) one.toggleAttribute('data-current', one === current)
  const input = field(current.dataset.field)
  if (input) { input.focus(); input.select?.() } else current.querySelector('[data-show]')?.focus()
  current.scrollIntoView({ block: 'nearest' })
}

/** The problem that the person is at: of the field with the focus, else the one shown last. */
function here () {
  const at = document.activeElement
  return at?.closest?.('li[data-field]') ?? all().find(item => item.dataset.field === at?.id && item.dataset.changes) ??
    all().find(item => item === current && item.dataset.changes) ?? all().find(item => item.dataset.changes)
}

function show (item) {
  const fix = item?.querySelector('.fix')
  if (!fix) return
  current = item
  fix.hidden = false
  item.querySelector('[data-show]').setAttribute('aria-expanded', 'true')
  fix.querySelector('[data-apply], [data-answer=yes]').focus()
  item.scrollIntoView({ block: 'nearest' })
}

function set (name, value) {
  const input = field(name)
  if (!input) return
  input.value = value
  unfold(input)
  changed()
  const line = /^line\.(\d+)\.removed$/.exec(name)
  if (line) form.querySelector(`[data-line="${line[1]}"]`)?.classList.toggle('gone', value === 'yes')
}

/** Another code may be a drug's: its line shows where the drug's number is typed. */
function unfold (input) {
  if (/\.(code|ndc\w*)$/.test(input.name)) input.closest('tbody')?.removeAttribute('data-plain')
}

/** A line that goes is taken off last. */
function put (changes) {
  const sorted = [...changes].sort(([a], [b]) => /removed$/.test(a) - /removed$/.test(b))
  undone.unshift(sorted.map(([name]) => [name, field(name)?.value ?? '']))
  for (const [name, value] of sorted) set(name, value)
  check()
}

function apply (item) {
  const input = field(item.dataset.field)
  put(JSON.parse(item.dataset.changes))
  input?.focus()
}

/** All that needs no look into the record; what two of them would change is the first one's. */
function fixAll () {
  const changes = new Map()
  for (const item of problems.querySelectorAll('[data-clerical]')) {
    for (const [name, value] of JSON.parse(item.dataset.changes)) if (!changes.has(name)) changes.set(name, value)
  }
  put(changes)
  form.querySelector('button[value=save]')?.focus()
}

/** Takes back what the program put into the fields; what a person typed, the browser itself takes back. */
function undo () {
  const before = undone.shift()
  if (!before) return
  for (const [name, value] of before) set(name, value)
  check()
  field(before[0][0])?.focus()
  field('unsaved').textContent = said.saidUndone
}

function check () { form.dispatchEvent(new Event('filled', { bubbles: true })) }

/** First the key is answered on the screen: what goes to the server goes then. */
const afterPaint = act => requestAnimationFrame(() => setTimeout(act))
form.addEventListener('change', () => afterPaint(check))

function changed () {
  isChanged = isTyped = true
  if (field('unsaved')) field('unsaved').textContent = said.saidUnsaved
}

/** What screen readers say politely: how many problems there are, and the first. */
function say () {
  const text = problems.querySelector('[data-said]')?.dataset.said ?? ''
  setTimeout(() => { field('said').textContent = text }, 100)
}

/** What a person says of the record is kept first; a no changes nothing of the claim. */
async function attest (box, answer) {
  const reason = box.querySelector('[data-reason]')
  if (answer === 'yes' && !reason.value.trim()) {
    reason.setAttribute('aria-invalid', 'true')
    reason.focus()
    return
  }
  const body = new FormData()
  for (const what of box.dataset.what.split('; ')) body.append('what', what)
  body.append('answer', answer)
  body.append('reason', reason.value)
  body.append('__RequestVerificationToken', form.elements.__RequestVerificationToken.value)
  const kept = await fetch(`${form.getAttribute('action')}/attest`, { method: 'POST', body })
  if (!kept.ok) { reason.focus(); return }
  const item = box.closest('li[data-field]')
  if (!item) {
    box.replaceChildren(Object.assign(document.createElement('p'), {
      textContent: answer === 'yes' ? `✔ ${said.saidYes}` : `✖ ${said.saidNo}`
    }))
    document.querySelector('#unattested button:not([hidden]), #claim button[value=save]')?.focus()
  } else if (answer === 'yes') apply(item)
  else {
    item.querySelector('.fix').hidden = true
    item.querySelector('[data-show]').focus()
  }
}

document.addEventListener('click', event => {
  const button = event.target.closest('button')
  if (!button) return
  const item = button.closest('li[data-field]')
  const { askAside, setAside, cancel } = button.dataset
  if (askAside !== undefined || cancel !== undefined) askToSetAside(item, askAside !== undefined)
  else if (setAside !== undefined) putAside(item.querySelector('.aside'))
  else if ('show' in button.dataset) show(item)
  else if ('apply' in button.dataset) apply(item)
  else if ('fixAll' in button.dataset) fixAll()
  else if (button.dataset.answer) attest(button.closest('.attest'), button.dataset.answer)
  else if (button.dataset.keep) {
    set(button.dataset.keep, button.dataset.value)
    button.closest('tr')?.setAttribute('data-kept', '')
    check()
    field(button.dataset.keep).focus()
  } else if (button.dataset.remove) {
    const name = `line.${button.dataset.remove}.removed`
    set(name, field(name).value === 'yes' ? '' : 'yes')
    check()
  }
})

// ---- a finding set aside, with its reason: of the claim as it is saved
function askToSetAside (item, isAsked) {
  const [box, button] = [item.querySelector('.aside'), item.querySelector('[data-ask-aside]')]
  box.hidden = !isAsked
  button.setAttribute('aria-expanded', String(isAsked))
  if (isAsked) box.querySelector('[data-reason]').focus(); else button.focus()
}

async function putAside (box) {
  const [reason, until, refused] = ['[data-reason]', '[data-until]', '[data-refused]'].map(s => box.querySelector(s))
  if (isChanged) { refused.textContent = said.saidFirst; return }
  const body = new FormData()
  for (const [name, value] of [['key', box.dataset.key], ['reason', reason.value], ['until', until.value],
    ['version', form.elements.version.value],
    ['__RequestVerificationToken', form.elements.__RequestVerificationToken.value]]) body.append(name, value)
  const answer = await fetch(`${form.getAttribute('action')}/set-aside`, { method: 'POST', body }).catch(() => null)
  if (answer?.status === 204) { location.reload(); return }
  const page = answer && await pageOf(answer).catch(() => null)
  refused.textContent = page?.querySelector('main')?.innerText.trim() || said.saidOff
  reason.focus()
}

// ---- the draft: kept every two seconds, and before anything is sent
let [isTyped, isKeeping, isSubmitting, isSent, isLost] = [false, null, false, false, false]
function keep () {
  if (!isTyped || form.dataset.mayEdit !== 'yes') return Promise.resolve(true)
  isTyped = false
  isKeeping = fetch(`${form.getAttribute('action')}/draft`, { method: 'POST', body: new FormData(form) })
    .catch(() => null).then(async answer => {
      const isKept = answer?.ok && !answer.redirected
      isLost = !isKept
      if (isKept) field('unsaved').textContent = said.saidKept.replace('{0}', await answer.text())
      else { isTyped = true; lost(answer) }
      return isKept
    })
  return isKeeping
}

/** Signed out, or no connection: the texts stay on the page. */
function lost (answer) {
  const state = field('unsaved')
  state.replaceChildren(answer?.redirected ? `▲ ${said.saidOut} ` : `▲ ${said.saidOff} `)
  if (!answer?.redirected) return
  state.append(Object.assign(document.createElement('a'), { href: '/sign-in', target: '_blank',
    textContent: said.saidIn }))
}
setInterval(keep, 2000)
form.addEventListener('focusout', () => afterPaint(keep))
addEventListener('pagehide', () => {
  if (isTyped && !isSent) navigator.sendBeacon(`${form.getAttribute('action')}/draft`, new FormData(form))
})
form.addEventListener('submit', async event => {
  if (isSent) return
  event.preventDefault()
  event.stopImmediatePropagation()
  if (isSubmitting) return
  isSubmitting = true
  const by = event.submitter
  await isKeeping
  isTyped = true // the session may have ended since the last draft: what is typed must outlast it
  isSent = await keep()
  isSubmitting = false
  if (isSent) form.requestSubmit(by)
})
document.getElementById('draft')?.addEventListener('submit', () => { isSent = true })

// ---- a box and its place in X12: each lights the other
const paths = name => [...document.querySelectorAll(`#beside [data-of="${CSS.escape(name)}"]`)]
function light (name, element) {
  for (const lit of document.querySelectorAll('.lit')) lit.classList.remove('lit')
  const all = paths(name)
  if (all.length === 0) {
    if (isThere) askForPaths() // a person goes to a box
    return
  }
  for (const one of all) one.classList.add('lit')
  field(name)?.classList.add('lit')
  const { path, fhir } = (element ?? all[0]).dataset
  field('path').textContent = `${all[0].querySelector('.box-name').textContent} ↔ ${path} ↔ ${fhir}`
  if (!element) {
    const box = all[0].closest('.x12')
    box.scrollTop += all[0].getBoundingClientRect().top - box.getBoundingClientRect().top - 40
  }
}
const askForPaths = () => field('paths').dispatchEvent(new Event('paths')) // the first time counts
field('beside').addEventListener('toggle', askForPaths)
let isThere = false // a person is at the page: the first field has the focus without one
for (const kind of ['keydown', 'mousemove']) addEventListener(kind, () => { isThere = true }, { once: true })
for (const kind of ['focusin', 'mouseover']) {
  document.addEventListener(kind, event => {
    const { target } = event
    const element = target.closest?.('[data-of]')
    if (element) light(element.dataset.of, element)
    else if (target.matches?.('#claim input[id], #claim select[id]')) {
      afterPaint(() => { if (kind === 'mouseover' || target === document.activeElement) light(target.id) })
    }
  })
}
document.addEventListener('click', event => {
  const element = event.target.closest('[data-of]')
  if (element) field(element.dataset.of)?.focus()
})

// what is typed about a fix is no field of the claim
for (const kind of ['input', 'change']) problems.addEventListener(kind, event => event.stopPropagation())
form.addEventListener('input', event => { undone.length = 0; unfold(event.target); changed() })
addEventListener('beforeunload', event => { if (isLost && !isSent) event.preventDefault() })
document.body.addEventListener('htmx:afterSwap', event => {
  if (event.target === problems) { current = null; mark(); say() }
  if (event.target.id === 'paths' && document.activeElement.form === form) light(document.activeElement.id)
})

addEventListener('keydown', event => {
  if (document.querySelector('dialog[open]')) return
  const isTyping = event.target.matches('input:not([type=checkbox]), select, textarea')
  const box = event.target.closest('.attest')
  if (event.key === 'F8') {
    event.preventDefault()
    const from = document.activeElement?.closest?.('li[data-field]') ?? current
    go(from, from ? (event.shiftKey ? -1 : 1) : 0)
  } else if (event.altKey && event.key === '.') {
    event.preventDefault()
    show(here())
  } else if (event.altKey && event.key.toLowerCase() === 'c') {
    event.preventDefault()
    form.querySelector('[data-compare]')?.click()
  } else if (event.ctrlKey && event.key.toLowerCase() === 'z' && undone.length > 0) {
    event.preventDefault()
    undo()
  } else if (event.altKey && /^[1-6]$/.test(event.key)) {
    event.preventDefault()
    field(`line.${event.key}.code`)?.focus()
  } else if ((event.altKey && (event.key === '+' || event.key === '=')) ||
      (event.key === '+' && !isTyping && !event.ctrlKey)) {
    event.preventDefault()
    form.querySelector('#lines tbody:last-of-type .date input').focus()
  } else if (event.ctrlKey && event.key.toLowerCase() === 's') {
    event.preventDefault()
    form.requestSubmit(form.querySelector('button[value=save]'))
  } else if ((event.altKey || !isTyping) && (event.key === '[' || event.key === ']')) {
    event.preventDefault()
    document.querySelector(event.key === '[' ? '[data-previous]' : '[data-next]')?.click()
  } else if (!isTyping && box && /^[yn]$/i.test(event.key)) {
    event.preventDefault()
    attest(box, event.key.toLowerCase() === 'y' ? 'yes' : 'no')
  } else if (event.key === 'Escape') {
    const fix = event.target.closest('.fix')
    if (event.target.closest('.aside')) askToSetAside(event.target.closest('li'), false)
    else if (fix) {
      fix.hidden = true
      field(fix.closest('li').dataset.field)?.focus()
    } else keep().then(isKept => { if (isKept) document.querySelector('[data-back]').click() })
  } else if (event.key === 'Enter' && isTyping && event.target.form === form && !event.ctrlKey && !box &&
      !event.target.closest('.aside')) {
    event.preventDefault() // Enter in a field checks, it does not send
    check()
  } else if (event.key === 'Enter' && box && isTyping) {
    event.preventDefault()
    attest(box, 'yes')
  } else if (event.key === 'Enter' && isTyping && event.target.closest('.aside')) {
    event.preventDefault()
    putAside(event.target.closest('.aside'))
  }
})

mark()
say()
const start = document.getElementById('fault')?.dataset.field
if (start && field(start)) field(start).focus()
else if (document.querySelector('#clashes, #unattested')) {
  document.querySelector('#clashes button, #unattested button').focus()
} else if (all().length > 0) go(null)
else field('line.1.code')?.focus()
if (document.querySelector('#draft, #fault, #clashes, #unattested')) {
  changed()
  check()
  if (document.getElementById('draft')) isTyped = false // it is kept already
}
