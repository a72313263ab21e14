// Ask before you bill: what is known becomes a visit, and the answer stands beside the form while it is typed.
import { latest, warmUpWith } from './engine.js'
import { el } from './dom.js'
import { bill, path, problems, refusal } from './show.js'

const form = document.querySelector('form')
const answer = document.querySelector('#answer')
const asking = latest()
const value = name => form.elements[name].value.trim() || null
const yesNo = name => ({ yes: true, no: false })[value(name)] ?? null

/** The field that can answer a finding, by the field of the chart that the finding is about. */
const QUESTIONS = {
  kind: ['payer', 'Who pays?'],
  drug: ['drug', 'Which drug is it?'],
  dose: ['dose', 'How much was given, with its unit?'],
  route: ['route', 'How was it given?'],
  placeOfService: ['place', 'Where was it given?'],
  separateNote: ['note', 'Does the visit have a note of its own?'],
  diagnoses: ['diagnosis', 'For which diagnosis?'],
  container: ['container', 'Single-dose vial, multi-dose vial or prefilled syringe?'],
  containerAmount: ['holds', 'How much does the container hold?'],
  discarded: ['discarded', 'How much was thrown away?'],
  source: ['source', 'Who bought the drug?'],
  supervision: ['supervision', 'Where was the supervising practitioner?'],
  role: ['role', 'Who gave it?'],
  established: ['established', 'Was the patient seen here within three years?'],
  site: ['site', 'At which site?']
}
const OF_CHART = ['order', 'lot', 'expires', 'ndc', 'needle', 'observed', 'response', 'instructions', 'consent',
  'indication', 'whyNotOral', 'witness', 'checked', 'performer', 'birthDate', 'sex', 'lastGiven']

function given (suffix) {
  const one = { drug: value('drug' + suffix), dose: value('dose' + suffix), route: value('route' + suffix),
    site: value('site' + suffix) }
  if (!one.drug) return []
  return [suffix ? one : { ...one, container: value('container'), containerAmount: value('holds'),
    discarded: value('discarded'), source: value('source') }]
}

function encounter () {
  return {
    serviceDate: value('day'), placeOfService: value('place'), setting: 'professional',
    payer: { kind: value('payer'), locality: value('locality') },
    patient: { established: yesNo('established') },
    provider: { supervision: value('supervision'), role: value('role') },
    diagnoses: (value('diagnosis') ?? '').split(/[,;\s]+/).filter(Boolean),
    visits: value('visit') ? [{ code: value('visit'), separateNote: yesNo('note') }] : [],
    administrations: [...given(''), ...given('2')]
  }
}

/** What is asked for first: at most three, and each leads to the field that answers it. */
function questions (findings) {
  const open = new Map()
  for (const { field, severity } of findings.toSorted((a, b) => (b.severity === 'error') - (a.severity === 'error'))) {
    const [input, question] = QUESTIONS[field] ?? []
    if (input && severity !== 'info' && !value(input)) open.set(input, question)
  }
  if (open.size === 0) return null
  return el('section', { class: 'card', id: 'questions' }, el('h2', {}, 'I need'),
    el('ol', {}, [...open].slice(0, 3).map(([input, question]) =>
      el('li', {}, el('a', { href: '#' + input }, question)))))
}

function shown (result) {
  const worth = result.findings.filter(one => one.severity !== 'info')
  const ofChart = worth.filter(one => OF_CHART.includes(one.field))
  const wrong = worth.filter(one => !ofChart.includes(one) &&
    !(QUESTIONS[one.field] && !value(QUESTIONS[one.field][0])))
  const left = result.findings.filter(one => one.severity === 'info')
  return [bill(result), questions(worth), problems(wrong, 'Problems'),
    ofChart.length > 0 && el('details', { class: 'card' }, el('summary', {},
      `The chart will also have to say ${ofChart.length === 1 ? '1 thing' : ofChart.length + ' things'}`),
    el('ul', {}, ofChart.map(one => el('li', {}, one.message)))),
    left.length > 0 && el('details', { class: 'card' }, el('summary', {}, 'Notes'),
      el('ul', {}, left.map(one => el('li', {}, one.message)))),
    path(result)].filter(Boolean)
}

async function show () {
  if (!value('drug') && !value('visit')) {
    answer.replaceChildren(el('p', { class: 'empty' },
      'Type a drug, or take an example: the answer stands here while you type.'))
    return
  }
  try {
    const result = await asking('code', { text: JSON.stringify(encounter()) })
    if (result) answer.replaceChildren(...(result.error ? [refusal(result.error)] : shown(result)))
  } catch (error) {
    answer.replaceChildren(refusal({ message: error.message }))
  }
}

function fill (link) {
  form.reset()
  for (const [name, text] of Object.entries(link.dataset)) form.elements[name].value = text
  show()
}

for (const link of document.querySelectorAll('.tabs a')) {
  link.addEventListener('click', () => fill(link))
  if (link.hash === location.hash && location.hash) fill(link)
}
answer.addEventListener('click', event => {
  const link = event.target.closest('#questions a')
  if (!link) return
  event.preventDefault()
  document.querySelector(link.hash).focus()
})
let pause
form.addEventListener('input', () => { clearTimeout(pause); pause = setTimeout(show, 120) })
form.addEventListener('submit', event => { event.preventDefault(); show() })
if (!answer.hasChildNodes()) show()
warmUpWith('code', 'b12-shot.json')
