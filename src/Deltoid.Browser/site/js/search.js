import './unpack.js'
import { el, root, to } from './dom.js'

// Search over all pages: each word must stand in the title or the text; titles count most. It reads the file that has
// all pages, which the site is kept from too.

const [field, list] = [document.querySelector('#search'), document.querySelector('#hits')]
const MOST = 30
let index

const wordsOf = text => text.toLowerCase().split(/[^\p{L}\p{N}.-]+/u).map(word => word.replace(/^[.-]+|[.-]+$/g, ''))
  .filter(Boolean)

const parser = new DOMParser()

/** What is searched of a page; nothing where it is no text. */
function read ([path, html]) {
  const page = path.endsWith('.html') && parser.parseFromString(html, 'text/html')
  const text = page && page.querySelector('.text')
  if (!text) return []
  const group = page.querySelector('.crumbs').textContent.split('› ')[1]
  return [{ path, title: page.title.split(' · ')[0], group, words: [...new Set(wordsOf(text.textContent))] }]
}

async function readAll () {
  const answer = await fetch(to('pages.jsonz'))
  const bytes = new Uint8Array(await answer.arrayBuffer())
  const all = answer.headers.has('unpacked') ? bytes : globalThis.unpack(bytes)
  return Object.entries(JSON.parse(new TextDecoder().decode(all))).flatMap(read)
}

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
  index ??= readAll()
  const hits = (await index).map(page => [score(page, words), page]).filter(([sum]) => sum > 0)
    .sort((a, b) => b[0] - a[0]).slice(0, MOST)
  list.hidden = words.length === 0
  list.replaceChildren(el('h2', {}, hits.length === 0 ? 'No page has these words' : 'Found'),
    el('ul', { class: 'found' }, hits.map(([, page]) => el('li', {}, el('a', { href: new URL(page.path, root) },
      el('span', {}, page.title), el('small', {}, page.group))))))
}

field.addEventListener('input', search)
field.form.addEventListener('submit', event => { event.preventDefault(); search() })
