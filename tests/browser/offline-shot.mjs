// J11: a home visit without a network. What is typed while the network comes and goes is all there; what is saved
// without one waits on the device, encrypted, and is charted once, in its order, when the network is back.
import assert from 'node:assert/strict'
import { accessible, atKeyboard, choose, open, signIn, signOut } from './browser.mjs'

const { page, context, close } = await open({
  expected: /status of 422|ERR_INTERNET_DISCONNECTED|ERR_FAILED|htmx:sendError/
})
await signIn(page, 'mia')
/** The screen is ready, and the device has all that it needs without a network. */
async function ready () {
  await page.locator('#shot[data-ready]').waitFor()
  await page.waitForFunction(async () => {
    const shell = await caches.open('deltoid-shell')
    const names = (await shell.keys()).map(r => new URL(r.url).pathname)
    return navigator.serviceWorker.controller &&
      ['/chart/blank', '/drafts.js', '/chart.css'].every(n => names.includes(n))
  })
}
/** All that the device keeps, as text, and the paths of what its shell keeps. */
const kept = () => page.evaluate(async () => {
  const db = await new Promise(resolve => {
    const ask = indexedDB.open('deltoid')
    ask.onsuccess = () => resolve(ask.result)
  })
  const all = {}
  for (const name of ['keys', 'drafts', 'waiting']) {
    all[name] = await new Promise(resolve => {
      const ask = db.transaction(name).objectStore(name).getAll()
      ask.onsuccess = () => resolve(ask.result)
    })
  }
  db.close()
  const text = Object.values(all).flat().map(v => v.data ? new TextDecoder('latin1').decode(v.data) : '').join()
  const shell = []
  for (const request of await (await caches.open('deltoid-shell')).keys()) {
    shell.push(await (await caches.match(request)).text())
  }
  return { drafts: all.drafts.length, waiting: all.waiting.length, keys: all.keys.length, text, shell: shell.join() }
})
const banner = page.locator('#network')
await ready()
await choose(page, '#who', 'exam')
await choose(page, '#Drug-0', 'b12')
await page.locator('#Dose-0').waitFor()

// the network goes and comes back at 50 random moments, and the page is loaded again at some of them
let seed = Number(process.env.SEED ?? 20260302)
const random = below => (seed = (seed * 48271) % 2147483647) % below
const text = Array.from({ length: 400 }, () => 'abcdefghij klmnop, qrstuvwxyz.'[random(30)]).join('').trim()
const moments = new Set()
while (moments.size < 50) moments.add(random(text.length))
const field = page.locator('#Indication-0')
await field.fill('')
let isGone = false
let [losses, longest] = [0, 0]
for (let i = 0, typed = 0; i <= text.length; i++) {
  if (!moments.has(i) && i < text.length) continue
  await field.press('End')
  await page.keyboard.type(text.slice(typed, i))
  typed = i
  if (i < text.length) {
    isGone = !isGone
    const at = Date.now()
    await context.setOffline(isGone)
    await banner.filter({ hasText: 'No network' }).waitFor({ state: isGone ? 'visible' : 'hidden' })
    if (isGone) longest = Math.max(longest, Date.now() - at)
    if (isGone && ++losses % 5 === 0) {
      await page.locator('#draft-state').getByText('kept on this device').waitFor()
      await page.reload()
      await page.locator('#shot[data-ready]').waitFor()
      await page.waitForFunction(typed => document.getElementById('Indication-0').value === typed, text.slice(0, i))
    }
  }
}
await context.setOffline(false)
assert.equal(await field.inputValue(), text)
console.log(`the banner came after ${longest} ms at most`)
await page.reload()
await page.waitForFunction(typed => document.getElementById('Indication-0').value === typed, text)
assert.match(await page.locator('#who').inputValue(), /Example, Pat/)
// the network comes for a moment: the server gets the last words, and cannot be asked for them any more
await page.locator('#shot[data-ready]').waitFor()
await context.setOffline(true)
await field.press('End')
await page.keyboard.type(' in a moment')
await page.locator('#draft-state').getByText('kept on this device').waitFor()
let over
const isOver = new Promise(resolve => { over = resolve })
await page.route('**/chart/device*', async route => {
  await isOver
  await route.abort()
})
await context.setOffline(false)
await page.locator('#draft-state').getByText(/kept \d/).waitFor()
await context.setOffline(true)
await page.locator('#draft-state').getByText('kept on this device').waitFor()
const asked = page.waitForEvent('requestfailed', request => request.url().includes('/chart/device'))
over()
await asked
await page.waitForTimeout(300) // whatever follows has been done
await page.unroute('**/chart/device*')
await page.reload()
await page.waitForFunction(typed => document.getElementById('Indication-0').value === typed, text + ' in a moment')
await context.setOffline(false)
await field.fill(text)
await page.locator('#draft-state').getByText(/kept \d/).waitFor()
// the page comes again while its last words are on their way: the device has no copy, the server gets them later
const late = await page.evaluate(async () => {
  document.getElementById('Indication-0').value += ' and the last words'
  document.getElementById('shot').dispatchEvent(new Event('input', { bubbles: true }))
  navigator.sendBeacon = () => true
  await new Promise(resolve => setTimeout(resolve, 300)) // its own copy is written
  const db = await new Promise(resolve => {
    const ask = indexedDB.open('deltoid')
    ask.onsuccess = () => resolve(ask.result)
  })
  db.transaction('drafts', 'readwrite').objectStore('drafts').clear()
  db.close()
  return Object.fromEntries(new FormData(document.getElementById('shot')))
})
await page.reload({ waitUntil: 'commit' })
await page.waitForTimeout(1500)
await context.request.post('/chart/draft', { form: late })
await page.waitForFunction(typed => document.getElementById('Indication-0')?.value === typed,
  text + ' and the last words')
await page.locator('#shot[data-ready]').waitFor()
await page.reload() // by now the server has it
await page.getByRole('button', { name: 'Start over' }).click()
await page.locator('#draft-found').waitFor({ state: 'detached' })

// two home visits with no network at all
await ready()
await context.setOffline(true)
await page.goto('/chart')
await banner.filter({ hasText: 'No network' }).waitFor()
await page.locator('#shot[data-ready]').waitFor()
await accessible(page)
const hands = atKeyboard(page)
for (const [who, site] of [['Specimen, Lee 11/02/1949', 'left deltoid'], ['Example, Pat 4/9/1958', 'right deltoid']]) {
  await page.locator('#who:focus').waitFor()
  await page.locator('#who').fill(who.split(' ')[0])
  const wants = banner.filter({ hasText: 'Write name and birth date' })
  for (let i = 0; i < 60 && await wants.count() === 0; i++) { // the shot before may still be on its way to the device
    await page.keyboard.press('Control+Enter')
    await page.waitForTimeout(500)
  }
  await wants.waitFor()
  await page.locator('#who').fill('')
  await hands.type(who)
  await page.getByLabel('Where').selectOption({ label: 'Home visits' })
  await page.locator('#Drug-0').focus()
  await hands.type('b12')
  await page.getByLabel('Dose', { exact: true }).fill('1000 mcg')
  await page.getByLabel('into muscle (IM)').check()
  await page.getByLabel(site, { exact: true }).first().check()
  await page.getByLabel('Why (diagnosis)').fill('D51.0')
  await hands.press('Control+Enter')
  await page.keyboard.press('Control+Enter') // twice: still one shot
  await banner.filter({ hasText: 'Saved on this device, encrypted' }).waitFor()
  await page.waitForFunction(() => document.getElementById('who').value === '')
}
const { seconds } = hands.took()
assert.ok(seconds <= 2 * 40, `${seconds} s`)
assert.match(await banner.innerText(), /2 shots wait/)
await accessible(page)
const now = await kept()
assert.equal(now.waiting, 2)
assert.ok(!/Specimen|Example, Pat|11\/02\/1949|4\/9\/1958|value="D51/.test(now.text + now.shell))
// the network is back: both are charted, and the device has nothing left
const back = Date.now()
await context.setOffline(false)
await banner.filter({ hasText: '2 shots that waited are saved' }).waitFor()
console.log(`what waited was saved ${Date.now() - back} ms after the network was back`)
assert.equal((await kept()).waiting, 0)
await accessible(page)

// the server has it, and its answer is lost: saving again is no second claim
await page.goto('/chart')
await ready()
await choose(page, '#who', 'exam')
await choose(page, '#Drug-0', 'b12')
await page.route('**/chart', async route => {
  if (route.request().method() !== 'POST') return route.fallback()
  await route.fetch({ maxRedirects: 0 })
  await route.abort()
}, { times: 1 })
await page.keyboard.press('Control+Enter')
const waits = banner.filter({ hasText: '1 shot waits' })
const isSaved = banner.filter({ hasText: 'The shot that waited is saved' })
await waits.or(isSaved).waitFor() // the next look for the network may come at once
if (await isSaved.count() === 0) await page.goto('/chart')
await isSaved.waitFor()

// signing out takes the key and the shell away
await signOut(page)
await page.goto('/lookup')
assert.deepEqual(await page.evaluate(() => caches.keys()), [])
assert.equal((await kept()).keys, 0)
await close()
