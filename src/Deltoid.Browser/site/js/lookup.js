// Look up: codes that are found while one types, and what is known of the one that is chosen.
import { latest, warmUp } from './engine.js'
import { el, lookupOf } from './dom.js'
import { refusal, sheet } from './show.js'

const form = document.querySelector('form')
const [what, date] = [form.elements.what, form.elements.date]
const [found, sheets] = [document.querySelector('#found'), document.querySelector('#sheets')]
const [finding, explaining] = [latest(), latest()]

const hit = one => {
  const name = one.code ?? one.ndc ?? one.drug
  return el('li', {}, el('a', { href: lookupOf(one.kind === 'drug' ? one.drug : name) },
    el(one.inForce ? 'strong' : 's', {}, name), el('span', {}, one.label || 'no label in this code book'),
    one.successors && el('small', {}, '→ ' + one.successors.join(', '))))
}

async function find () {
  if (!what.value.trim()) return found.replaceChildren()
  const hits = await finding('find', { what: what.value, date: date.value })
  if (!hits) return
  if (hits.error) found.replaceChildren(refusal(hits.error))
  else if (hits.length === 0) found.replaceChildren(el('p', { class: 'empty' }, 'No code has this name.'))
  else found.replaceChildren(el('ul', { class: 'found' }, hits.map(hit)))
}

async function explain (name) {
  const answer = await explaining('explain', { what: name, date: date.value })
  if (!answer) return
  if (answer.error) return sheets.replaceChildren(refusal(answer.error))
  sheets.replaceChildren(...answer.meanings.map(sheet))
  if (answer.meanings.length > 0) return
  sheets.append(el('p', { class: 'empty' }, `Nothing here is called “${name}”. `,
    answer.suggestions.length > 0 && 'Near it: ',
    answer.suggestions.map(near => [el('a', { href: lookupOf(near) }, near), ' '])))
}

function chosen () {
  const name = decodeURIComponent(location.hash.slice(1))
  if (!name || name === 'main') return
  if (what.value !== name) {
    what.value = name
    find()
  }
  explain(name)
}

let pause
what.addEventListener('input', () => { clearTimeout(pause); pause = setTimeout(find, 60) })
date.addEventListener('change', () => { find(); chosen() })
form.addEventListener('submit', event => {
  event.preventDefault()
  if (!what.value.trim()) return
  const hash = '#' + encodeURIComponent(what.value.trim())
  if (location.hash === hash) chosen()
  else location.hash = hash
})
addEventListener('hashchange', chosen)
chosen()
warmUp('find', { what: 'toradol' })
warmUp('explain', { what: '96372' })
