// Read a note: what was read stands beside the words that say it, and what it would bill below.
import { ask, warmUp } from './engine.js'
import { el } from './dom.js'
import { asJson, refusal, visits } from './show.js'

const form = document.querySelector('form')
const [text, file] = [document.querySelector('#text'), document.querySelector('#file')]
const answer = document.querySelector('#answer')

/** The note with the words that were used, and those that were set aside, marked. */
function marked (note, { evidence, ignored }) {
  const spans = [...evidence.map(one => ({ ...one, name: 'mark', why: one.path })),
    ...ignored.map(one => ({ ...one, name: 's', why: one.why }))].sort((a, b) => a.start - b.start || b.end - a.end)
  const parts = []
  let at = 0
  for (const { start, end, name, why } of spans) {
    if (start < at) continue // words that say two things are marked once
    parts.push(note.slice(at, start), el(name, { title: why }, note.slice(start, end)))
    at = end
  }
  return el('section', { class: 'card' }, el('h2', {}, 'The words'),
    el('p', { class: 'note-text' }, parts, note.slice(at)),
    el('p', { class: 'quiet' }, 'Marked: used. Struck: set aside.'))
}

const shown = value => typeof value === 'object' ? JSON.stringify(value) : String(value)

const fields = ({ evidence }) => el('section', { class: 'card' }, el('h2', {}, 'What was read'),
  evidence.length === 0 ? el('p', {}, 'Nothing that was given at this visit.')
    : el('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': 'What was read' }, el('table', {},
      el('thead', {}, el('tr', {}, ['Field', 'Value', 'Words'].map(name => el('th', { scope: 'col' }, name)))),
      el('tbody', {}, evidence.map(one => el('tr', {}, el('td', {}, one.path.slice(1)), el('td', {}, shown(one.value)),
        el('td', {}, one.quote)))))))

const asked = ({ questions }) => questions.length > 0 && el('section', { class: 'card' }, el('h2', {}, 'To be asked'),
  el('ul', {}, questions.map(one => el('li', {}, el('strong', {}, one.fact),
    one.decides && `: decides ${one.decides}`,
    one.candidates?.length > 0 && el('span', { class: 'quiet' }, ` (${one.candidates.map(shown).join(', ')})`),
    one.quotes?.length > 0 && el('span', { class: 'quiet' }, ` “${one.quotes.join('”, “')}”`)))))

const aside = ({ ignored }) => ignored.length > 0 && el('section', { class: 'card' }, el('h2', {}, 'Set aside'),
  el('ul', {}, ignored.map(one => el('li', {}, `“${one.quote}” `, el('span', { class: 'quiet' }, one.why)))))

async function show () {
  answer.setAttribute('aria-busy', 'true')
  try {
    const note = text.value
    const reading = await ask('read-note', { text: note })
    if (reading.error) answer.replaceChildren(refusal(reading.error))
    else {
      const coded = await ask('code', { text: JSON.stringify(reading.encounter) })
      answer.replaceChildren(...[marked(note, reading), fields(reading), asked(reading), aside(reading),
        ...visits(coded), asJson(reading)].filter(Boolean))
    }
  } catch (error) {
    answer.replaceChildren(refusal({ message: error.message }))
  }
  answer.removeAttribute('aria-busy')
}

for (const link of document.querySelectorAll('.tabs a')) {
  link.addEventListener('click', () => { text.value = link.dataset.note; show() })
}
form.addEventListener('submit', event => { event.preventDefault(); show() })
file.addEventListener('change', async () => {
  if (file.files.length === 0) return
  text.value = await file.files[0].text()
  await show()
})
text.addEventListener('keydown', event => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); show() }
})
warmUp('read-note', { text: 'Toradol 60 mg IM right deltoid at 10:05.' })
