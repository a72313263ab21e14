// The claim editor: marks at fields, problems by keyboard, a fix shown before it is applied.
const form = document.getElementById('claim')
const problems = document.getElementById('problems')
const field = name => name ? document.getElementById(name) : null
const all = () => [...problems.querySelectorAll('li[data-field]')]
let current = null
let isChanged = false

/** Each problem is marked at its field, with an icon and a description. */
function mark () {
  for (const input of form.querySelectorAll('[aria-invalid]')) {
    input.removeAttribute('aria-invalid')
    input.removeAttribute('aria-describedby')
    input.removeAttribute('data-mark')
    input.parentElement.removeAttribute('data-mark')
  }
  for (const item of [...problems.querySelectorAll('[data-mark]')].reverse()) {
    const input = field(item.dataset.field)
    if (!input) continue
    input.setAttribute('aria-invalid', 'true')
    input.setAttribute('aria-describedby', item.id)
    input.dataset.mark = input.parentElement.dataset.mark = item.dataset.mark
  }
  const total = problems.querySelector('[data-total]')?.dataset.total
  if (total) field('charge').value = total
}

function go (item, step = 0) {
  const items = all()
  if (items.length === 0) return
  const at = items.indexOf(item)
  current = at < 0 ? items.at(step < 0 ? -1 : 0) : items[(at + step + items.length) % items.length]
  for (const one of items) one.toggleAttribute('data-current', one === current)
  const input = field(current.dataset.field)
  if (input) { input.focus(); input.select?.() } else current.querySelector('[data-show]')?.focus()
  current.scrollIntoView({ block: 'nearest' })
}

/** The problem that the person is at: of the field with the focus, else the one shown last. */
function here () {
  const at = document.activeElement
  return at?.closest?.('li[data-field]') ?? all().find(item => item.dataset.field === at?.id && item.dataset.changes) ??
    all().find(item => item === current && item.dataset.changes) ?? all().find(item => item.dataset.changes)
}

function show (item) {
  const fix = item?.querySelector('.fix')
  if (!fix) return
  current = item
  fix.hidden = false
  item.querySelector('[data-show]').setAttribute('aria-expanded', 'true')
  fix.querySelector('[data-apply], [data-answer=yes]').focus()
  item.scrollIntoView({ block: 'nearest' })
}

function set (name, value) {
  const input = field(name)
  if (!input) return
  input.value = value
  changed()
  const line = /^line\.(\d+)\.removed$/.exec(name)
  if (line) form.querySelector(`[data-line="${line[1]}"]`)?.classList.toggle('gone', value === 'yes')
}

function apply (item) {
  for (const [name, value] of JSON.parse(item.dataset.changes)) if (!/removed$/.test(name)) set(name, value)
  for (const [name, value] of JSON.parse(item.dataset.changes)) if (/removed$/.test(name)) set(name, value)
  const input = field(item.dataset.field)
  check()
  input?.focus()
}

function check () { form.dispatchEvent(new Event('filled', { bubbles: true })) }

function changed () {
  isChanged = true
  field('unsaved').textContent = 'not saved yet'
}

/** What a person says of the record is kept first; a no changes nothing of the claim. */
async function attest (box, answer) {
  const reason = box.querySelector('[data-reason]')
  if (answer === 'yes' && !reason.value.trim()) {
    reason.setAttribute('aria-invalid', 'true')
    reason.focus()
    return
  }
  const body = new FormData()
  for (const what of box.dataset.what.split('; ')) body.append('what', what)
  body.append('answer', answer)
  body.append('reason', reason.value)
  body.append('__RequestVerificationToken', form.elements.__RequestVerificationToken.value)
  const kept = await fetch(`${form.getAttribute('action')}/attest`, { method: 'POST', body })
  if (!kept.ok) { reason.focus(); return }
  const item = box.closest('li[data-field]')
  if (!item) {
    box.replaceChildren(Object.assign(document.createElement('p'), {
      textContent: answer === 'yes' ? '✔ kept: it is in the record' : '✖ kept: it is not in the record'
    }))
    document.querySelector('#unattested button:not([hidden]), #claim button[value=save]')?.focus()
  } else if (answer === 'yes') apply(item)
  else {
    item.querySelector('.fix').hidden = true
    item.querySelector('[data-show]').focus()
  }
}

document.addEventListener('click', event => {
  const button = event.target.closest('button')
  if (!button) return
  const item = button.closest('li[data-field]')
  if ('show' in button.dataset) show(item)
  else if ('apply' in button.dataset) apply(item)
  else if (button.dataset.answer) attest(button.closest('.attest'), button.dataset.answer)
  else if (button.dataset.keep) {
    set(button.dataset.keep, button.dataset.value)
    button.closest('tr')?.setAttribute('data-kept', '')
    check()
    field(button.dataset.keep).focus()
  } else if (button.dataset.remove) {
    const name = `line.${button.dataset.remove}.removed`
    set(name, field(name).value === 'yes' ? '' : 'yes')
    check()
  }
})

// what is typed about a fix is no field of the claim
for (const kind of ['input', 'change']) problems.addEventListener(kind, event => event.stopPropagation())
form.addEventListener('input', changed)
form.addEventListener('submit', () => { isChanged = false })
addEventListener('beforeunload', event => { if (isChanged) event.preventDefault() })
document.body.addEventListener('htmx:afterSwap', event => {
  if (event.target === problems) { current = null; mark() }
})

addEventListener('keydown', event => {
  const isTyping = event.target.matches('input:not([type=checkbox]), select, textarea')
  const box = event.target.closest('.attest')
  if (event.key === 'F8') {
    event.preventDefault()
    const from = document.activeElement?.closest?.('li[data-field]') ?? current
    go(from, from ? (event.shiftKey ? -1 : 1) : 0)
  } else if (event.altKey && event.key === '.') {
    event.preventDefault()
    show(here())
  } else if (event.altKey && /^[1-6]$/.test(event.key)) {
    event.preventDefault()
    field(`line.${event.key}.code`)?.focus()
  } else if (event.altKey && (event.key === '+' || event.key === '=')) {
    event.preventDefault()
    form.querySelector('#lines tbody:last-of-type .date input').focus()
  } else if (event.ctrlKey && event.key.toLowerCase() === 's') {
    event.preventDefault()
    form.requestSubmit(form.querySelector('button[value=save]'))
  } else if ((event.altKey || !isTyping) && (event.key === '[' || event.key === ']')) {
    event.preventDefault()
    document.querySelector(event.key === '[' ? '[data-previous]' : '[data-next]')?.click()
  } else if (!isTyping && box && /^[yn]$/i.test(event.key)) {
    event.preventDefault()
    attest(box, event.key.toLowerCase() === 'y' ? 'yes' : 'no')
  } else if (event.key === 'Escape') {
    const fix = event.target.closest('.fix')
    if (fix) {
      fix.hidden = true
      field(fix.closest('li').dataset.field)?.focus()
    } else if (!isChanged) document.querySelector('[data-back]').click()
    else field('unsaved').textContent = 'not saved yet: Ctrl+S saves'
  } else if (event.key === 'Enter' && isTyping && event.target.form === form && !event.ctrlKey && !box) {
    event.preventDefault() // Enter in a field checks, it does not send
    check()
  } else if (event.key === 'Enter' && box && isTyping) {
    event.preventDefault()
    attest(box, 'yes')
  }
})

mark()
const start = document.getElementById('fault')?.dataset.field
if (start && field(start)) field(start).focus()
else if (document.querySelector('#clashes, #unattested')) {
  document.querySelector('#clashes button, #unattested button').focus()
} else if (all().length > 0) go(null)
else field('line.1.code')?.focus()
if (document.getElementById('fault') || document.getElementById('clashes') || document.getElementById('unattested')) {
  changed()
  check()
}
