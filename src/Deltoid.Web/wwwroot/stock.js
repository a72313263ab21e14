// A scanner's FNC1 is kept; in the list j and k go from lot to lot, c counts and d discards the lot that has the focus.
addEventListener('keydown', event => {
  const box = event.target.closest?.('[data-scan-box]')
  if (box && event.ctrlKey && event.key === ']') {
    event.preventDefault()
    box.setRangeText('\u001d', box.selectionStart, box.selectionEnd, 'end')
    return
  }
  const row = event.target.closest?.('#lots tbody tr')
  if (!row || event.ctrlKey || event.altKey || event.metaKey) return
  const to = { j: row.nextElementSibling, k: row.previousElementSibling }[event.key]
  if (to) to.querySelector('a').focus()
  else if (event.key === 'c' || event.key === 'd') {
    location.href = `${row.querySelector('a').href}#${event.key === 'c' ? 'found' : 'amount'}`
  }
})
