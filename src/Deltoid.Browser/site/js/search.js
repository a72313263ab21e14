// Search over all pages: each word must stand in the title or the text; titles count most. The index is a small file.
import { el, root, to } from './dom.js'

const [field, list] = [document.querySelector('#search'), document.querySelector('#hits')]
const MOST = 30
let index

const wordsOf = text => text.toLowerCase().split(/[^\p{L}\p{N}.-]+/u).filter(Boolean)

function score (page, words) {
  let sum = 0
  for (const word of words) {
    const inTitle = page.title.toLowerCase().includes(word)
    const inText = page.words.some(one => one.startsWith(word))
    if (!inTitle && !inText) return 0
    sum += inTitle ? 5 : 1
  }
  return sum
}

async function search () {
  const words = wordsOf(field.value)
  index ??= await fetch(to('search.json')).then(answer => answer.json())
    .then(pages => pages.map(page => ({ ...page, words: page.words.split(' ') })))
  const hits = index.map(page => [score(page, words), page]).filter(([sum]) => sum > 0)
    .sort((a, b) => b[0] - a[0]).slice(0, MOST)
  list.hidden = words.length === 0
  list.replaceChildren(el('h2', {}, hits.length === 0 ? 'No page has these words' : 'Found'),
    el('ul', { class: 'found' }, hits.map(([, page]) => el('li', {}, el('a', { href: new URL(page.path, root) },
      el('span', {}, page.title), el('small', {}, page.group))))))
}

field.addEventListener('input', search)
field.form.addEventListener('submit', event => { event.preventDefault(); search() })
