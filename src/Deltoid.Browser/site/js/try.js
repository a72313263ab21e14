// Cases on a page: a case is put into the engine as it stands, or as it is changed by the reader.
import { ask } from './engine.js'
import { el } from './dom.js'
import { refusal, visits } from './show.js'

const cases = fetch(document.querySelector('main').dataset.cases).then(answer => answer.json())

async function open (button) {
  const one = (await cases)[button.dataset.case]
  const box = el('div', { class: 'trial' })
  const parts = ['text', 'encounter', 'history'].filter(name => one[name]).map(name => {
    const id = `case-${button.dataset.case}-${name}`
    const area = el('textarea', { id, rows: 8, spellcheck: 'false', autocomplete: 'off' })
    area.value = one[name]
    box.append(el('label', { for: id }, one.words[name]), area)
    return [name, area]
  })
  const again = el('button', { type: 'button' }, 'Run it again')
  const answer = el('div', { class: 'answers', 'aria-live': 'polite' })
  const run = async () => {
    try {
      const asked = Object.fromEntries(parts.map(([name, area]) => [name, area.value]))
      answer.replaceChildren(...visits(await ask(one.command, asked)))
    } catch (error) {
      answer.replaceChildren(refusal({ message: error.message }))
    }
  }
  again.addEventListener('click', run)
  box.append(again, answer)
  button.replaceWith(box)
  again.focus()
  await run()
}

document.querySelector('main').addEventListener('click', event => {
  const button = event.target.closest('button[data-case]')
  if (button) open(button)
})
for (const button of document.querySelectorAll('button[data-case]')) button.disabled = false
