// Files that are dropped anywhere on the screen are chosen as by the button: nothing is sent before it is pressed.
const form = document.getElementById('drop')
const input = document.getElementById('files')
const said = document.getElementById('dropped')
const hasFiles = event => event.dataTransfer?.types.includes('Files')

const say = () => {
  const names = [...input.files].map(file => file.name)
  if (names.length) {
    said.textContent = said.dataset.said.replace('{0}', names.length).replace('{1}', names.join(', '))
  }
}

input?.addEventListener('change', say)
addEventListener('dragover', event => {
  if (!form || !hasFiles(event)) return
  event.preventDefault()
  form.dataset.over = ''
})
addEventListener('dragleave', event => { if (!event.relatedTarget) delete form?.dataset.over })
addEventListener('drop', event => {
  if (!form || !hasFiles(event)) return
  event.preventDefault()
  delete form.dataset.over
  input.files = event.dataTransfer.files
  say()
  form.querySelector('button.main').focus()
})
