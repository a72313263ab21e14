// The worklist by keyboard: j and k move, Enter opens, x marks, a assigns, z puts away, u undoes, s saves the view.
import { pageOf } from './trust.js'

let rows = [...document.querySelectorAll('#claims tbody tr')]
let links = rows.map(row => row.querySelector('a'))
const markOf = row => row.querySelector('input[name=mark]')
const marked = document.getElementById('marked')
let row = rows[0] // where the person is, also while a dialog has the focus

function move (step) {
  const next = Math.min(rows.length - 1, Math.max(0, rows.indexOf(here()) + step))
  links[next]?.focus()
}

function here () { return document.activeElement?.closest?.('#claims tbody tr') ?? row }

function count () {
  const all = rows.filter(one => markOf(one).checked).length
  if (marked) marked.textContent = all > 0 ? marked.dataset.said.replace('{0}', all) : ''
}

/** A dialog about the marked claims; where none is marked, about the one with the focus. */
function ask (name) {
  const dialog = document.getElementById(name)
  if (!dialog) return
  if (name !== 'save-view') {
    if (!rows.some(one => markOf(one).checked) && here()) markOf(here()).checked = true
    count()
  }
  dialog.showModal()
}

document.addEventListener('click', event => {
  const { open, close, until } = event.target.closest('button')?.dataset ?? {}
  if (open) ask(open)
  else if (close !== undefined) event.target.closest('dialog').close()
  else if (until) document.getElementById('until').value = until
})
document.addEventListener('change', count)
document.addEventListener('focusin', event => { row = event.target.closest('#claims tbody tr') ?? row })

addEventListener('keydown', event => {
  if (document.querySelector('dialog[open]')) return
  if (event.altKey && event.key === '.') {
    event.preventDefault()
    if (!rows.some(one => markOf(one).checked) && here()) markOf(here()).checked = true
    document.querySelector('[formaction="/worklist/fix"]')?.click()
    return
  }
  if (event.altKey || event.ctrlKey || event.metaKey) return
  if (event.target.matches('input:not([type=checkbox]), select')) return
  if (event.key === 'j' || event.key === 'k') move(event.key === 'j' ? 1 : -1)
  else if (event.key === 'J' || event.key === 'K') {
    if (here()) markOf(here()).checked = true
    move(event.key === 'J' ? 1 : -1)
    markOf(here()).checked = true
    count()
  } else if (event.key === 'x' && here()) {
    markOf(here()).checked = !markOf(here()).checked
    count()
  } else if (event.key === 'a' || event.key === 'z' || event.key === 's') {
    event.preventDefault()
    ask({ a: 'assign', z: 'snooze', s: 'save-view' }[event.key])
  } else if (event.key === 'u') document.querySelector('[data-undo]')?.click()
  else if (event.key === 'Escape') document.querySelector('[data-back]')?.click()
})

// back to where one was in the list: the claim that was open last, else the first
const last = sessionStorage.getItem('claim')
;(links.find(link => link.textContent === last) ?? links[0])?.focus()
for (const link of links) link.addEventListener('click', () => sessionStorage.setItem('claim', link.textContent))
count()

// a claim that a colleague has worked on leaves by itself; where the focus is in its row, the next row gets it
const left = document.getElementById('left')
async function lookAgain () {
  if (document.hidden || document.querySelector('dialog[open]')) return
  const ids = rows.map(one => one.dataset.claim).join('+')
  const answer = await fetch(`/worklist/left?${left.dataset.list}&ids=${ids}`).catch(() => null)
  if (!answer?.ok || answer.redirected) return
  const page = await pageOf(answer)
  for (const gone of page.querySelectorAll('[data-left]')) leave(gone.dataset.left, gone.textContent)
}

function leave (claim, why) {
  const one = rows.find(each => each.dataset.claim === claim)
  if (!one) return
  if (one.contains(document.activeElement)) (links[rows.indexOf(one) + 1] ?? links[rows.indexOf(one) - 1])?.focus()
  for (const box of one.querySelectorAll('input')) { box.checked = false; box.disabled = true }
  one.classList.add('left')
  one.querySelector('.why').textContent = why
  left.textContent = `${one.querySelector('a').textContent}: ${why}`
  links = links.filter((_, i) => rows[i] !== one)
  rows = rows.filter(each => each !== one)
  row = rows.find(each => each.contains(document.activeElement)) ?? rows[0]
  count()
  setTimeout(() => one.remove(), 4000)
}
if (left && rows.length > 0) setInterval(lookAgain, 10_000)
