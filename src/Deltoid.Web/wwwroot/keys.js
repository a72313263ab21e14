// Keys of every screen. Alt and a letter go to a screen, g and a letter too; / looks something up; ? shows the keys;
// Ctrl+Enter presses the main button. Keys that are one character can be switched off (WCAG 2.1.4).
const isTyped = element =>
  element?.closest?.('input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]')
const dialog = document.getElementById('keys')
const off = document.getElementById('letters-off')

/** Whether keys of one character do nothing on this device. */
const isLetterOff = () => localStorage.getItem('letters') === 'off'

// before any screen sees the key
addEventListener('keydown', event => {
  if (isLetterOff() && event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.altKey &&
      !event.metaKey && !isTyped(event.target)) event.stopImmediatePropagation()
}, { capture: true })

let isGoing = 0 // when g was pressed
addEventListener('keydown', event => {
  const { key, altKey, ctrlKey, metaKey, target } = event
  if (ctrlKey && key === 'Enter') {
    event.preventDefault()
    const of = document.querySelector('dialog[open]') ?? document
    ;[...of.querySelectorAll('button.main, a.button')].find(one => !one.closest('dialog:not([open])'))?.click()
    return
  }
  if (document.querySelector('dialog[open]')) return
  const isSecond = Date.now() - isGoing < 1500
  isGoing = 0
  if (key.length === 1 && !ctrlKey && !metaKey && (altKey || (isSecond && !isTyped(target)))) {
    const link = document.querySelector(`nav a[data-key="${CSS.escape(key.toLowerCase())}"]`)
    if (link) { event.preventDefault(); event.stopImmediatePropagation(); link.click() }
    return
  }
  if (ctrlKey || altKey || metaKey || isTyped(target)) return
  if (key === '/') {
    event.preventDefault()
    const box = document.getElementById('lookup')
    if (box) { box.focus(); box.select() } else location.href = '/lookup'
  } else if (key === '?') {
    event.preventDefault()
    dialog?.showModal()
  } else if (key === 'g') isGoing = Date.now()
})

if (dialog) {
  off.checked = isLetterOff()
  off.addEventListener('change', () => { localStorage.setItem('letters', off.checked ? 'off' : 'on') })
  document.getElementById('show-keys').addEventListener('click', () => dialog.showModal())
  dialog.querySelector('[data-close]').addEventListener('click', () => dialog.close())
}

// ---- days as people type them: t is today, -3 three days ago, +7 in a week, 0105 January 5
function dayOf (text, today = new Date()) {
  const typed = text.trim().toLowerCase()
  const away = /^([+-])(\d{1,3})$/.exec(typed)
  const short = /^(\d{2})(\d{2})(\d{2})?$/.exec(typed)
  let day
  if (typed === 't') day = today
  else if (away) day = new Date(today.getFullYear(), today.getMonth(), today.getDate() + Number(away[1] + away[2]))
  else if (short) {
    const year = short[3] ? 2000 + Number(short[3]) : today.getFullYear()
    day = new Date(year, short[1] - 1, Number(short[2]))
    if (day.getMonth() !== short[1] - 1) return text
    // without a year, the one that is not to come
    if (!short[3] && day > today) day = new Date(year - 1, short[1] - 1, Number(short[2]))
    if (day.getMonth() !== short[1] - 1) return text
  } else return text
  const two = number => String(number).padStart(2, '0')
  return `${two(day.getMonth() + 1)}/${two(day.getDate())}/${day.getFullYear()}`
}
addEventListener('change', event => {
  if (event.target.matches?.('[data-day]')) event.target.value = dayOf(event.target.value)
}, { capture: true })

// a part of a page that is answered with another page (signed out, no part in this) is not put into it
document.addEventListener('htmx:beforeSwap', event => {
  if (new URL(event.detail.xhr.responseURL || location).pathname !== event.detail.pathInfo.requestPath.split('?')[0]) {
    event.detail.shouldSwap = false
  }
})

// signing out takes what was kept on this device away with it
addEventListener('submit', async event => {
  const out = event.target
  if (!out.action.endsWith('/sign-out') || out.dataset.left) return
  event.preventDefault()
  out.dataset.left = 'true'
  const left = import('./device.js').then(device => device.leave()).catch(() => {})
  await Promise.race([left, new Promise(resolve => setTimeout(resolve, 500))])
  out.submit()
})
