// The chart screen: presses show the fields again, digits are keys of a group, what is missing is marked.
import { noAnswer } from './drafts.js'
import { pageOf } from './trust.js'

const form = document.getElementById('shot')
const fields = document.getElementById('fields')
const filled = () => form.dispatchEvent(new Event('filled', { bubbles: true }))
const field = name => document.querySelector(`[data-field="${CSS.escape(name)}"]`)
const inputOf = name => {
  const all = [...field(name)?.querySelectorAll('input:not([type=hidden]), select') ?? []]
    .filter(i => !i.closest('[hidden]'))
  return all.find(i => i.checked) ?? all[0]
}

// ---- presses: what is typed goes along, and comes back with what the press adds. What a person types while the answer
// is on its way is theirs: it is put back, and the cursor stays where it went.
const valueOf = input => ['radio', 'checkbox'].includes(input.type) ? input.checked : input.value
const typed = () => new Map([...fields.querySelectorAll('input[id], select[id]')].map(i => [i.id, valueOf(i)]))
function restore (id, value) {
  const input = document.getElementById(id)
  if (!input) return
  if (value === true) input.checked = true
  else if (value === false) input.checked &&= input.type === 'radio'
  else input.value = value
}

let acting = Promise.resolve()
function act (name, index, value) {
  acting = acting.then(async () => {
    const [before, from] = [typed(), document.activeElement]
    const body = new FormData(form)
    body.set('Act', name)
    body.set('Index', index)
    body.set('Value', value)
    const answer = await fetch('/chart/fields', { method: 'POST', body }).catch(() => null)
    if (!answer?.ok || answer.redirected) return noAnswer(answer)
    const page = await pageOf(answer)
    const since = [...typed()].filter(([id, now]) => before.get(id) !== now)
    const { id: here, selectionStart: caret } = document.activeElement
    const hasMoved = document.activeElement !== from && here
    fields.replaceChildren(...page.body.childNodes)
    for (const [id, now] of since) restore(id, now)
    const to = document.getElementById('typed').dataset.focus
    const next = document.getElementById(hasMoved || !to ? here : to)
    next?.focus()
    if (hasMoved && caret != null) next?.setSelectionRange(caret, caret)
    else if (to?.startsWith('Drug-')) next?.select()
    if (since.some(([id]) => id === next?.id)) next.dispatchEvent(new Event('input', { bubbles: true }))
    filled()
  }).catch(reportError) // the next press is done all the same
  form.acting = acting
  return acting
}

form.addEventListener('chosen', event => {
  const { act: name, value } = event.detail
  if (name === 'diagnosis') return filled()
  act(name, event.target.dataset.index, value)
})
form.addEventListener('click', event => {
  const pressed = event.target.closest('[data-act]:not([role=option]), [data-go], [data-fill], [data-copy], .spot')
  if (pressed) press(pressed)
})
function press (pressed) {
  const { go, fill, copy, site, index, value } = pressed.dataset
  if (pressed.dataset.act) act(pressed.dataset.act, index, value)
  else if (go) inputOf(go)?.focus()
  else if (fill) {
    document.getElementById(fill).value = value
    filled()
    document.getElementById(fill.replace('Kept', 'Dose')).focus() // the button goes away
  } else if (copy) {
    const text = document.getElementById(copy)
    text.select()
    navigator.clipboard?.writeText(text.value).then(() => {
      const copied = document.getElementById('copied')
      copied.textContent = '✔ ' + copied.dataset.said
    }, () => {})
  } else if (site) choose([...fields.querySelectorAll(`[name="Shots[${index}].Site"]`)].find(i => i.value === site))
}
function choose (radio) {
  if (!radio) return
  radio.checked = true
  radio.focus()
  radio.dispatchEvent(new Event('change', { bubbles: true }))
}

// ---- the drug as it was left, where no choice was taken; a patient that is typed over is chosen no more
const hasPatient = () => form.elements.Patient.value !== '0'
form.addEventListener('change', event => {
  const { id, value, dataset, name } = event.target
  if (dataset.refresh) act('day', 0, '')
  else if (id.startsWith('Drug-') && value !== dataset.taken && value.trim()) act('drug', dataset.index, value)
  else if (id === 'who' && value !== dataset.taken && hasPatient()) act('patient', 0, '')
  if (name?.endsWith('.Route')) {
    const [index, isVein] = [name.match(/\d+/)[0], value.startsWith('iv')]
    const times = document.getElementById(`times-${index}`)
    times.hidden = !isVein && !times.dataset.always
    for (const end of ['Stop', 'Paused']) field(`${end}-${index}`).hidden = !isVein
    lineIn(document.getElementById(`shot-${index}`), isVein)
  }
  if (name?.endsWith('.Site')) {
    const index = name.match(/\d+/)[0]
    for (const spot of fields.querySelectorAll(`.spot[data-index="${index}"]`)) {
      spot.setAttribute('aria-pressed', String(spot.dataset.site === value))
    }
  }
})

/** Into a vein the site is where the line goes in: no key, and no spot of the body map. */
function lineIn (shot, isVein) {
  for (const part of shot.querySelectorAll('.spots')) part.hidden = isVein
  for (const part of shot.querySelectorAll('.access')) part.hidden = !isVein
  if (!isVein) return
  for (const key of shot.querySelectorAll('[name$=".Site"]:checked')) key.checked = false
  for (const spot of shot.querySelectorAll('.spot')) spot.setAttribute('aria-pressed', 'false')
}

// what was saved is of the patient before: it goes when the next one is typed
form.addEventListener('input', () => {
  const saved = document.getElementById('saved')
  if (!saved || form.elements.Claim.value !== '0') return
  saved.remove()
  history.replaceState(null, '', '/chart')
})

// ---- keys: Alt+S site, Alt+R route, Alt+V vial, + another shot, F8 what is missing, digits in a group
addEventListener('keydown', event => {
  const shot = document.activeElement?.closest?.('[data-shot]')?.dataset.shot ?? '0'
  const jump = { s: 'Site', r: 'Route', v: 'Lot', d: 'Drug' }[event.key.toLowerCase()]
  if (event.altKey && !event.ctrlKey && jump) {
    event.preventDefault()
    inputOf(`${jump}-${shot}`)?.focus()
  } else if (event.key === 'F8') {
    event.preventDefault()
    wish = event.shiftKey ? -1 : 1
    if (shown === turn) go()
  } else if (event.key === '+' && !event.ctrlKey && !(event.target.matches('input:not([type=radio]), textarea'))) {
    event.preventDefault()
    act('more', 0, '')
  } else if (/^[0-9]$/.test(event.key) && !event.ctrlKey && !event.altKey && event.target.matches('[type=radio]')) {
    const group = [...event.target.closest('[data-keys]').querySelectorAll('[type=radio]')]
    const to = group[(Number(event.key) + 9) % 10]
    if (to) { event.preventDefault(); choose(to) }
  } else if ((event.key === 'Enter' || event.key === ' ') && event.target.matches('.spot')) {
    event.preventDefault()
    press(event.target)
  } else if (event.key === 'Enter' && !event.ctrlKey && event.target.matches('#shot input')) event.preventDefault()
})
// what was typed since the last answer is on its way: F8 waits for what is then missing
let [turn, shown, wish] = [0, -1, 0]
for (const event of ['input', 'change', 'filled']) form.addEventListener(event, () => { turn++ })
form.addEventListener('htmx:beforeRequest', event => { event.detail.xhr.turn = turn })
for (const event of ['htmx:sendError', 'htmx:responseError']) form.addEventListener(event, () => go())
function go () {
  if (wish) next(wish)
  wish = 0
}
function next (step) {
  const names = [...document.querySelectorAll('#will-bill [data-go]')].map(b => b.dataset.go)
    .filter((name, i, all) => all.indexOf(name) === i && inputOf(name))
  if (names.length === 0) return
  const here = names.indexOf(document.activeElement?.closest?.('[data-field]')?.dataset.field)
  inputOf(names[here < 0 ? 0 : (here + step + names.length) % names.length]).focus()
}

// the vial is as full as the dose leaves it
function drain (vial, level) {
  vial.toggleAttribute('hidden', !level)
  const full = 28 * Number(level || 0) / 100
  const fluid = vial.querySelector('.fluid')
  fluid.setAttribute('y', 38 - full)
  fluid.setAttribute('height', full)
}

// a preview that was on its way when a shot was taken out has a sum without a place; the next one is asked for already
addEventListener('htmx:beforeSwap', event => {
  const sums = event.detail.serverResponse.match(/id="sum-\d+"/g) ?? []
  if (sums.length > fields.querySelectorAll('.sum').length) event.detail.shouldSwap = false
})

// ---- after each preview: mark what is missing, ask about waste only where there is some
addEventListener('htmx:afterSettle', event => {
  const marked = state => new Set([...document.querySelectorAll(`#will-bill .bad[data-for]${state}`)]
    .map(l => l.dataset.for))
  const [missing, unread] = [marked(':not([data-unread])'), marked('[data-unread]')]
  for (const each of fields.querySelectorAll('[data-field]')) {
    each.classList.toggle('asked', missing.has(each.dataset.field))
    each.classList.toggle('unread', unread.has(each.dataset.field))
  }
  for (const sum of fields.querySelectorAll('.sum')) {
    const index = sum.id.slice(4)
    drain(document.getElementById(`vial-${index}`), sum.dataset.level)
    const typed = document.getElementById(`Discarded-${index}`)
    document.getElementById(`waste-${index}`).hidden = !sum.dataset.rest && !typed.value
    document.getElementById(`witness-${index}`).hidden = !sum.dataset.witness &&
      !document.getElementById(`Witness-${index}`).value
  }
  shown = event.detail.xhr?.turn ?? shown
  if (shown === turn) go()
})
if (document.getElementById('saved')?.matches('.warn')) wish = 1
