// Keys: Alt and a letter go to a screen; / looks something up from anywhere; Ctrl+Enter presses the main button.
const isTyped = element => element?.closest?.('input, select, textarea, [contenteditable]')

addEventListener('keydown', event => {
  if (event.ctrlKey && event.key === 'Enter') {
    event.preventDefault()
    document.querySelector('button.main, a.button')?.click()
  } else if (event.altKey && !event.ctrlKey && event.key.length === 1) {
    const link = document.querySelector(`nav a[data-key="${CSS.escape(event.key.toLowerCase())}"]`)
    if (link) { event.preventDefault(); link.click() }
  } else if (event.key === '/' && !event.ctrlKey && !event.metaKey && !isTyped(event.target)) {
    event.preventDefault()
    const box = document.getElementById('lookup')
    if (box) { box.focus(); box.select() } else location.href = '/lookup'
  }
})

// A treatment fills the fields that are the same each time; what was typed elsewhere stays.
addEventListener('change', async event => {
  const select = event.target.closest('select[data-fills]')
  if (!select?.value) return
  const answer = await fetch(select.dataset.fills + encodeURIComponent(select.value))
  if (!answer.ok) return
  document.getElementById('fields').innerHTML = await answer.text()
  select.form.dispatchEvent(new Event('filled', { bubbles: true }))
})
