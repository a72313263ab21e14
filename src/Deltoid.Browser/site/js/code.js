// The pages Code and Scrub: a text goes in, the answer stands below it.
import { ask, warmUpWith } from './engine.js'
import { el } from './dom.js'
import { asJson, refusal, visits } from './show.js'

const form = document.querySelector('form')
const { command, file: named } = form.dataset
const text = document.querySelector('#text')
const answer = document.querySelector('#answer')
const file = document.querySelector('#file')

async function show () {
  answer.setAttribute('aria-busy', 'true')
  try {
    const found = await ask(command, { text: text.value, file: named })
    answer.replaceChildren(...visits(found), asJson(found))
  } catch (error) {
    answer.replaceChildren(refusal({ message: error.message }))
  }
  answer.removeAttribute('aria-busy')
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

async function example () {
  const name = decodeURIComponent(location.hash.slice(1))
  if (!/^[\w.-]+$/.test(name)) return
  const found = await fetch('examples/' + name)
  if (!found.ok) return
  text.value = await found.text()
  for (const link of document.querySelectorAll('.tabs a')) {
    if (link.hash === '#' + name) link.setAttribute('aria-current', 'true')
    else link.removeAttribute('aria-current')
  }
  await show()
}
addEventListener('hashchange', example)
if (location.hash) example()
else answer.append(el('p', { class: 'empty' }, 'Paste a text, open a file, or take an example.'))
warmUpWith(command, command === 'scrub' ? 'two-claims.837' : 'b12-shot.json')
