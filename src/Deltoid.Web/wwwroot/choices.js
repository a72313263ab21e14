// Fields with a list of choices: type, move with the arrows, take with Enter. What a scanner types is taken whole.
import { pageOf } from './trust.js'

const scanned = text => /^[(\]]/.test(text.trim()) || text.includes('\u001d') || /^[\d-]{10,}$/.test(text.trim()) ||
  (text.replace(/\D/g, '').length >= 16 && !text.includes(' '))

const listOf = input => document.getElementById(input.getAttribute('aria-controls'))
const latest = new WeakMap()

function close (input) {
  const list = listOf(input)
  if (!list) return
  list.hidden = true
  input.setAttribute('aria-expanded', 'false')
  input.removeAttribute('aria-activedescendant')
}

/** One question at a time, without a wait before it: what is typed until its answer is here is asked next. */
const [wanted, asking] = [new WeakSet(), new WeakSet()]
async function ask (input) {
  wanted.add(input)
  if (asking.has(input)) return
  asking.add(input)
  try {
    while (wanted.delete(input)) await open(input)
  } finally { asking.delete(input) }
}

/**
 * Shows what fits the text as it stands. False: a later look, or new fields, came in between.
 * @param isAsked Enter was pressed: the list is wanted also where the person has gone on to the next field.
 */
async function open (input, isAsked = false) {
  if (scanned(input.value)) return close(input)
  const [turn, text] = [(latest.get(input) ?? 0) + 1, input.value]
  latest.set(input, turn)
  const form = input.form
  const body = new FormData()
  body.set('__RequestVerificationToken', form.elements.__RequestVerificationToken.value)
  body.set('q', text)
  // what the patient had before comes first
  if (input.dataset.options === '/chart/drugs') body.set('patient', form.elements.Patient.value)
  const answer = await fetch(input.dataset.options, { method: 'POST', body }).catch(() => null)
  if (!answer?.ok || answer.redirected) return
  const options = (await pageOf(answer)).body.children
  if (!input.isConnected) return false
  const isHere = document.activeElement === input
  if (isHere && latest.get(input) !== turn) return false
  if (!isHere && !isAsked) return
  const list = listOf(input)
  for (const option of options) if (option.id) option.id = `${input.id}-${option.id}`
  list.replaceChildren(...options)
  list.dataset.of = text
  list.hidden = !isHere
  input.setAttribute('aria-expanded', String(isHere))
  const first = list.querySelector('[data-act]')
  if (first) input.setAttribute('aria-activedescendant', first.id)
  else input.removeAttribute('aria-activedescendant')
  return true
}

/** Nothing is asked any more, and what was asked is not shown. */
function leave (input) {
  wanted.delete(input)
  latest.set(input, (latest.get(input) ?? 0) + 1)
  close(input)
}

function move (input, step) {
  const options = [...listOf(input).querySelectorAll('[data-act]')]
  if (options.length === 0) return
  const at = options.findIndex(o => o.getAttribute('aria-selected') === 'true')
  const to = (at + step + options.length) % options.length
  options.forEach((o, i) => o.setAttribute('aria-selected', String(i === to)))
  input.setAttribute('aria-activedescendant', options[to].id)
  options[to].scrollIntoView({ block: 'nearest' })
}

function take (input, option) {
  leave(input)
  const { act, value, text } = option
  input.value = act === 'diagnosis' ? value : text
  input.dataset.taken = input.value
  input.dispatchEvent(new CustomEvent('chosen', { bubbles: true, detail: { act, value } }))
}

const combo = event => event.target.closest?.('input[role=combobox]')

addEventListener('input', event => {
  const input = combo(event)
  if (input) ask(input)
})

addEventListener('keydown', async event => {
  const input = combo(event)
  if (!input || event.altKey) return
  if (event.ctrlKey && event.key === ']') { // a scanner's FNC1
    event.preventDefault()
    input.setRangeText('\u001d', input.selectionStart, input.selectionEnd, 'end')
  } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault()
    if (listOf(input).hidden) await open(input)
    else move(input, event.key === 'ArrowDown' ? 1 : -1)
  } else if (event.key === 'Escape') close(input)
  else if (event.key === 'Enter' && !event.ctrlKey) {
    event.preventDefault()
    wanted.delete(input)
    if (input.dataset.scan && scanned(input.value)) return take(input, { act: 'scan', value: input.value, text: '' })
    const list = listOf(input)
    let [now, isShown] = [input, !list.hidden && list.dataset.of === input.value]
    while (isShown === false) { // an answer to an earlier press may put new fields in the place of these
      now = document.getElementById(input.id)
      wanted.delete(now)
      isShown = await open(now, true)
    }
    const option = isShown && listOf(now).querySelector('[data-act][aria-selected=true]')
    if (option) take(now, option.dataset)
    else if (now.dataset.scan) take(now, { act: 'drug', value: now.value, text: now.value })
  }
})

addEventListener('mousedown', event => {
  const option = event.target.closest?.('[role=option][data-act]')
  if (!option) return
  event.preventDefault()
  take(document.querySelector(`[aria-controls="${option.closest('ul').id}"]`), option.dataset)
})

addEventListener('focusout', event => {
  const input = combo(event)
  if (input) leave(input)
})

// what was typed before this module was here
const early = document.activeElement
if (early?.matches('input[role=combobox]') && early.value !== early.defaultValue) open(early)
