// On every page: the copy for when there is no network. It is made once the engine of the page has answered.
import { isBegun, ready } from './engine.js'

const said = document.querySelector('#offline')
const tell = () => { said.textContent = 'This site is on your device now: it answers without a network.' }

if ('serviceWorker' in navigator && isSecureContext) {
  addEventListener('load', async () => {
    if (isBegun()) await ready
    await navigator.serviceWorker.register(new URL('../sw.js', import.meta.url))
    await navigator.serviceWorker.ready
    tell()
  })
}
