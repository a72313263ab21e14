// The arrow keys go from the box through what was found and back; a pair is asked for by both its codes.
addEventListener('keydown', event => {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  const box = document.getElementById('lookup')
  const stops = [box, ...document.querySelectorAll('#found a')]
  const at = stops.indexOf(document.activeElement)
  if (at < 0) return
  const next = stops[at + (event.key === 'ArrowDown' ? 1 : -1)]
  if (!next) return
  event.preventDefault()
  next.focus()
})

addEventListener('submit', event => {
  const other = event.target.querySelector('[data-before]')
  if (!other || other.value.includes('+')) return
  other.value = `${other.dataset.before}+${other.value.trim()}`
})
