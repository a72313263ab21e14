// On every page: the copy for when there is no network.
const said = document.querySelector('#offline')
const tell = () => { said.textContent = 'This site is on your device now: it answers without a network.' }

if ('serviceWorker' in navigator && isSecureContext) {
  addEventListener('load', async () => {
    await navigator.serviceWorker.register(new URL('../sw.js', import.meta.url))
    await navigator.serviceWorker.ready
    tell()
  })
}
