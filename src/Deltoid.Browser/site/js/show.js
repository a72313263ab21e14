// Results of the engine as elements.
import { el, lookupOf, pageOf } from './dom.js'

const MARKS = { error: ['bad', '✖', 'Error'], warning: ['warn', '▲', 'Warning'], info: ['quiet', '●', 'Note'] }

/** What could not be read: what is wrong, where, and what to try. */
export function refusal ({ message, at, try: fix, also = [] }) {
  return el('div', { class: 'note warn' },
    el('p', {}, `▲ ${sentence(message)}`, at && el('small', {}, ` (${at})`)),
    fix && el('p', {}, `Try: ${fix}`), also.map(refusal))
}

const sentence = text => text.charAt(0).toUpperCase() + text.slice(1) + (/[.?!]$/.test(text) ? '' : '.')

const cited = ({ section, url }) => url ? el('a', { href: url, rel: 'noreferrer' }, section) : section

export function finding (one) {
  const [kind, mark, word] = MARKS[one.severity]
  const link = el('a', { href: lookupOf(one.id) }, one.id)
  pageOf(one.name, one.id).then(address => { link.href = address })
  return el('li', {},
    el('p', { class: kind }, `${mark} `, el('span', { class: 'hidden' }, word + ': '), one.message, ' ', link),
    one.fix && el('p', { class: 'quiet' }, `What to do: ${one.fix.text}`),
    one.also.map(more => el('p', { class: 'quiet' }, `Also: ${more.message}`)))
}

export function findings (all, none) {
  if (all.length === 0) return el('p', { class: 'good' }, `✔ ${none}`)
  return el('ul', { class: 'findings' }, all.map(finding))
}

const dollars = amount => '$' + amount.toFixed(2)

function line (one, steps) {
  return el('li', {},
    el('p', {}, el('span', { class: 'price' }, one.expected ? dollars(one.expected.amount) : ''),
      el('strong', {}, el('a', { href: lookupOf(one.code) }, one.code),
        one.modifiers.map(modifier => '-' + modifier).join('')), ` ×${one.units}`,
      one.diagnoses.length > 0 && el('span', { class: 'quiet' }, ` for ${one.diagnoses.join(', ')}`)),
    one.expectedWhy && el('p', { class: 'quiet' }, `not priced: ${one.expectedWhy}`),
    one.ndc && el('p', { class: 'quiet' },
      `NDC ${one.ndc.code}${one.ndc.unit ? ` ${one.ndc.unit} ${one.ndc.quantity ?? ''}` : ''}`),
    why(one.trace.map(id => steps.get(id)).filter(step => step?.fact)))
}

/** Question, answer, fact and authority; an answer may be only a fact. */
const stepOf = ({ asked, answer, fact, citation }) => [`${asked} `, answer && el('strong', {}, answer),
  fact && (answer ? ` (${fact})` : fact), ' ', el('small', {}, citation)]

const why = steps => steps.length > 0 && el('details', {}, el('summary', {}, 'Why this line'),
  el('ul', {}, steps.map(step => el('li', { class: 'why' }, stepOf(step)))))

/** The lines of a claim with what Medicare should pay. */
export function bill ({ lines, trace }) {
  const steps = new Map(trace.map(step => [step.id, step]))
  const cents = lines.reduce((sum, one) => sum + Math.round((one.expected?.amount ?? 0) * 100), 0)
  return el('section', { class: 'card' }, el('h2', {}, 'Bill'),
    lines.length === 0 && el('p', {}, 'Nothing is billed.'),
    el('ul', { class: 'bill' }, lines.map(one => line(one, steps))),
    cents > 0 && el('p', { class: 'total' }, 'Expected from Medicare’s tables ',
      el('strong', {}, dollars(cents / 100))))
}

/** The way to the answer; what was answered with no is off the way. */
export function path ({ trace, codeBook }) {
  return el('section', { class: 'card' }, el('h2', {}, 'Why'),
    el('ol', { class: 'path' }, trace.map(step =>
      el('li', { class: isTaken(step) ? 'taken' : 'quiet' }, stepOf(step)))),
    el('p', { class: 'quiet' }, `Code book ${codeBook}.`))
}

const isTaken = ({ answer }) => !['no', 'not known', 'unknown'].includes(answer)

export function problems (all, title = 'Findings') {
  return el('section', { class: 'card' }, el('h2', {}, title), findings(all, 'none'))
}

function documentation ({ score, band, missing }) {
  return el('section', { class: 'card' }, el('h2', {}, 'Documentation'),
    el('p', {}, `${score} of 100, ${band}; `,
      missing.length === 0 ? 'nothing is missing.' : `missing: ${missing.join(', ')}.`))
}

/** A result of code, or of scrub where it has no lines. */
export function visit (one) {
  if (one.error) return [refusal(one.error)]
  if (!one.lines) return [problems(one.findings, one.claim ? `Claim ${one.claim}` : `Set ${one.set}`)]
  return [bill(one), problems(one.findings), one.documentation && documentation(one.documentation), path(one)]
    .filter(Boolean)
}

/** An answer for one input, or for each of a list. */
export const visits = answer => Array.isArray(answer)
  ? answer.length === 0 ? [el('p', {}, 'The list is empty.')] : answer.flatMap(visit)
  : visit(answer)

/** The lines of a text that the engine wrote, for who wants the JSON itself. */
export const asJson = answer => el('details', {}, el('summary', {}, 'The answer as JSON'),
  el('pre', { tabindex: 0, 'aria-label': 'Answer as JSON' }, JSON.stringify(answer, null, 2)))

/** What the code book and the rules know of one thing. */
export function sheet ({ kind, id, title, facts, page }) {
  const sections = Map.groupBy(facts, fact => fact.section ?? '')
  return el('section', { class: 'card sheet' },
    el('h2', {}, el('span', {}, id), ' ', el('small', {}, title)),
    [...sections].map(([name, rows]) => [name && el('h3', {}, name), rowsOf(rows)]),
    kind === 'finding' && page && rulePage(title, id))
}

/** Where it is written: the text of its page. Its cases are tried on the page itself. */
function rulePage (name, id) {
  const box = el('div', { class: 'text' })
  pageOf(name, id).then(async address => {
    box.append(...await textOf(address), el('p', {}, el('a', { href: address }, 'Its page, with cases to try')))
  })
  return box
}

async function textOf (address) {
  const html = await fetch(address).then(answer => answer.text())
  const text = new DOMParser().parseFromString(html, 'text/html').querySelector('.text')
  for (const one of text.querySelectorAll('h1, .try')) one.remove()
  for (const link of text.querySelectorAll('a')) link.href = new URL(link.getAttribute('href'), address)
  return text.childNodes
}

function rowsOf (rows) {
  const list = el('dl')
  let [last, group] = [null, null]
  for (const { name = '', text } of rows) {
    if (group === null || name !== last) {
      group = el('div', {}, el('dt', { class: name ? null : 'hidden' }, name || 'and'))
      list.append(group)
    }
    group.append(el('dd', {}, /^https?:\S+$/.test(text) ? el('a', { href: text, rel: 'noreferrer' }, text) : text))
    last = name
  }
  return list
}
