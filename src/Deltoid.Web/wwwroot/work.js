// The worklist by keyboard: j and k move, Enter opens, x chooses, u undoes what was fixed together.
const rows = [...document.querySelectorAll('#claims tbody tr')]
const links = rows.map(row => row.querySelector('a'))

function move (step) {
  const at = rows.findIndex(row => row.contains(document.activeElement))
  const next = Math.min(rows.length - 1, Math.max(0, at + step))
  links[next]?.focus()
}

addEventListener('keydown', event => {
  if (event.altKey && event.key === '.') {
    event.preventDefault()
    document.querySelector('[formaction="/worklist/fix"]')?.click()
    return
  }
  if (event.altKey || event.ctrlKey || event.metaKey) return
  if (event.target.matches('input:not([type=checkbox]), select')) return
  const row = document.activeElement?.closest?.('#claims tbody tr')
  if (event.key === 'j' || event.key === 'k') {
    const box = event.shiftKey && row?.querySelector('input')
    move(event.key === 'j' ? 1 : -1)
    if (box) box.checked = true
  } else if (event.key === 'J' || event.key === 'K') {
    if (row) row.querySelector('input').checked = true
    move(event.key === 'J' ? 1 : -1)
    document.activeElement.closest('tr').querySelector('input').checked = true
  } else if (event.key === 'x' && row) {
    const box = row.querySelector('input')
    box.checked = !box.checked
  } else if (event.key === 'u') document.querySelector('[data-undo]')?.click()
  else if (event.key === 'Escape') document.querySelector('[data-back]')?.click()
})

// only what is ready leaves: the others stay chosen for fixing
document.getElementById('list')?.addEventListener('submit', event => {
  if (event.submitter?.hasAttribute('formaction')) return
  for (const box of event.target.querySelectorAll('input[name=claim]:not([data-ready])')) box.disabled = true
})
links[0]?.focus()
