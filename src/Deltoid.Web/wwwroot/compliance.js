// The fields of a line that is wrong are shown when it is; without the script all of them are there.
for (const line of document.querySelectorAll('#judge .line')) {
  const verdict = line.querySelector('[data-verdict]')
  const show = () => {
    const isWrong = !['Open', 'Agree'].includes(verdict.value)
    for (const field of line.querySelectorAll('[data-wrong]')) field.hidden = !isWrong
    for (const field of line.querySelectorAll('[data-right]')) {
      field.hidden = !isWrong || verdict.value === 'NotDocumented'
    }
  }
  verdict.addEventListener('change', show)
  show()
}
document.querySelector('#judge [data-verdict]')?.focus()
