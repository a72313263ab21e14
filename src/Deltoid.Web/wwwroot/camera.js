// The camera as a scanner: the code goes into the field that the button names, as if a scanner had typed it. The
// browser's own reader is used where it reads DataMatrix; else ours is fetched, on this press and not before.
import { workerAt } from './trust.js'

const dialog = document.getElementById('camera')
const video = dialog.querySelector('video')
const state = document.getElementById('camera-state')
const FORMATS = ['data_matrix', 'code_128', 'qr_code', 'ean_13', 'upc_a', 'itf']
const PAUSE = 120 // ms between two looks
let field = ''
let stream = null
let turn = 0

addEventListener('click', event => {
  const pressed = event.target.closest?.('[data-camera], [data-close-camera]')
  if (!pressed) return
  if (pressed.dataset.closeCamera) return dialog.close()
  field = pressed.dataset.camera
  begin()
})
dialog.addEventListener('close', () => {
  turn++
  stream?.getTracks().forEach(track => track.stop())
  stream = video.srcObject = null
  document.getElementById(field)?.focus()
})

async function begin () {
  const mine = ++turn
  state.textContent = dialog.dataset.waits
  dialog.showModal()
  const opened = await navigator.mediaDevices?.getUserMedia(
    { video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } } }).catch(() => null)
  if (mine !== turn) return opened?.getTracks().forEach(track => track.stop()) // closed while it was asked for
  if (!opened) { state.textContent = dialog.dataset.none; return }
  stream = video.srcObject = opened
  await video.play().catch(() => {})
  const reader = await (reading ??= readers().catch(() => null))
  if (!reader) { state.textContent = dialog.dataset.broken; reading = null; return }
  while (mine === turn) {
    const text = video.videoWidth ? await reader(video).catch(() => '') : ''
    if (mine === turn && text) return take(text)
    await new Promise(resolve => setTimeout(resolve, PAUSE))
  }
}

/** As a scanner does it: the text, then Enter; a form of one field leaves. */
function take (text) {
  dialog.close()
  const input = document.getElementById(field)
  input.value = text
  input.focus()
  if (input.getAttribute('role') !== 'combobox') return input.form.requestSubmit()
  input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }))
}

let reading = null
async function readers () {
  const known = await window.BarcodeDetector?.getSupportedFormats().catch(() => []) ?? []
  if (known.includes('data_matrix')) {
    const own = new window.BarcodeDetector({ formats: FORMATS.filter(format => known.includes(format)) })
    return async of => (await own.detect(of))[0]?.rawValue ?? ''
  }
  return ours()
}

/** Our own reader works in a worker: only there may a program of the browser's machine be made from bytes. */
function ours () {
  const { worker: script, reader, wasm } = dialog.dataset
  const worker = new Worker(workerAt(script))
  return new Promise((resolve, reject) => {
    worker.onerror = reject
    worker.onmessage = () => resolve(async of => {
      const picture = await createImageBitmap(of)
      return new Promise(resolve => {
        worker.onmessage = ({ data }) => resolve(data)
        worker.postMessage({ picture }, [picture])
      })
    })
    worker.postMessage({ reader, wasm, formats: FORMATS })
  })
}
