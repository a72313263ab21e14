// A question in a line: the answer, where it is written, and what would decide more.
import { latest, warmUp } from './engine.js'
import { el, lookupOf } from './dom.js'
import { asJson, refusal } from './show.js'

const form = document.querySelector('form')
const answer = document.querySelector('#answer')
const asking = latest()
const KINDS = { ask: 'It depends', unknown: 'Not known here', refuse: 'No' }

const cited = ({ authority, section, url, date, rule }) => el('li', {},
  url ? el('a', { href: url, rel: 'noreferrer' }, section) : section, ' ',
  el('small', {}, [authority, date].filter(Boolean).join(', ')), ' ', rule && el('a', { href: lookupOf(rule) }, rule))

function shown (reply) {
  return [el('section', { class: 'card' }, el('h2', {}, KINDS[reply.kind] ?? 'Answer'),
    reply.answer.split('\n').map(line => el('p', {}, line)),
    reply.asks?.length > 0 && [el('h3', {}, 'I need'), el('ul', {}, reply.asks.map(one =>
      el('li', {}, el('strong', {}, one.fact), one.why && `: ${one.why}`)))],
    reply.citations?.length > 0 && [el('h3', {}, 'Where it is written'), el('ul', {}, reply.citations.map(cited))]),
  reply.facts?.length > 0 && el('section', { class: 'card' }, el('h2', {}, 'Facts'),
    el('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': 'Facts' }, el('table', {},
      el('thead', {}, el('tr', {}, ['Of', 'What', 'Value', 'From', 'Edition'].map(name =>
        el('th', { scope: 'col' }, name)))),
      el('tbody', {}, reply.facts.map(one => el('tr', {}, [one.of, one.what, one.value, one.from, one.edition].map(
        text => el('td', {}, text ?? '')))))))), asJson(reply)].filter(Boolean)
}

async function show () {
  const question = form.elements.question.value.trim()
  if (!question) return
  try {
    const reply = await asking('ask', { text: question, date: form.elements.date.value })
    if (reply) answer.replaceChildren(...(reply.error ? [refusal(reply.error)] : shown(reply)))
  } catch (error) {
    answer.replaceChildren(refusal({ message: error.message }))
  }
}

for (const link of document.querySelectorAll('.tabs a')) {
  link.addEventListener('click', event => {
    event.preventDefault() // a question is in no address
    form.elements.question.value = decodeURIComponent(link.hash.slice(1))
    show()
  })
}
form.addEventListener('submit', event => { event.preventDefault(); show() })
warmUp('ask', { text: 'toradol 60 mg units' })
