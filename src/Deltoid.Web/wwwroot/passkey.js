// Passkeys: the browser is asked for one, and its answer goes with the form. Nothing of it leaves the device.
const forms = document.querySelectorAll('form[data-passkey]')
if (window.PublicKeyCredential?.parseRequestOptionsFromJSON) {
  for (const form of forms) {
    form.hidden = false
    form.addEventListener('submit', event => {
      if (form.elements.credential.value) return
      event.preventDefault()
      ask(form)
    })
  }
}

async function ask (form) {
  const fault = form.querySelector('[data-fault]')
  fault.textContent = ''
  try {
    const answer = await fetch(form.dataset.options, { method: 'POST', body: new FormData(form) })
    if (!answer.ok) {
      fault.textContent = '✖ ' + (answer.status === 422 ? form.dataset.saidPassword : form.dataset.saidLater)
      return
    }
    const json = await answer.json()
    const credential = form.dataset.passkey === 'create'
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(json) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(json) })
    form.elements.credential.value = JSON.stringify(credential)
    form.requestSubmit()
  } catch {
    fault.textContent = '✖ ' + form.dataset.saidUnused
  }
}
