// What happens when the wire is slow, cut or answered with an error; when a session ends; when scripts fail or are off.
import assert from 'node:assert/strict'
import { accessible, open, signIn } from './browser.mjs'

const expected = /status of (401|422|500)|Status Error Code|htmx:|a widget fails|ERR_FAILED/
const { context, page, close } = await open({ expected })

// slow: a bar shows soon that something is under way, and goes
await page.goto('/lookup')
await page.route('**/lookup/found*', async route => {
  await new Promise(resolve => setTimeout(resolve, 700))
  await route.continue()
})
await page.locator('#lookup').fill('tora')
await page.locator('body[data-busy]').waitFor({ state: 'attached', timeout: 600 })
await page.locator('.found', { hasText: 'J1885' }).waitFor()
await page.locator('body:not([data-busy])').waitFor({ state: 'attached' })

// an error in a part of the page is a sentence; what was typed stays; the next answer takes the sentence away
await page.unroute('**/lookup/found*')
await page.route('**/lookup/found*', route => route.fulfill({ status: 500, contentType: 'text/html',
  body: '<p role="alert">✖ Something went wrong here.</p><p id="next">Try again.</p>' }))
await page.locator('#lookup').fill('torad')
await page.locator('#wire').waitFor()
assert.match(await page.locator('#wire').innerText(), /Something went wrong here\. Try again\./)
await accessible(page)
await page.unroute('**/lookup/found*')
await page.route('**/lookup/found*', route => route.abort())
await page.locator('#lookup').fill('toradol')
await page.locator('#wire', { hasText: 'No connection' }).waitFor()
await page.unroute('**/lookup/found*')
await page.locator('#lookup').fill('torado')
await page.locator('#wire').waitFor({ state: 'hidden' })
assert.equal(await page.locator('#lookup').inputValue(), 'torado')

// a session that ends under a claim: the page goes to the sign-in and comes back; with typed text it stays, and says so
await signIn(page, 'bea')
const claim = await page.locator('#claims tbody a').first().getAttribute('href')
await page.goto(claim)
await page.waitForLoadState('networkidle') // an answer on its way would bring the session back
await context.clearCookies()
await page.waitForURL('**/sign-in?back=*', { timeout: 15000 })
assert.equal(await page.locator('form:has(#name) [name=back]').inputValue(), claim)
for (const [field, text] of [['#name', 'bea'], ['#password', process.env.DELTOID_PASSWORD]]) {
  await page.locator(field).fill(text)
}
await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')])
assert.equal(new URL(page.url()).pathname, new URL(claim, page.url()).pathname)
const charge = page.locator('#lines input').first()
await charge.focus()
await page.keyboard.press('End')
await page.keyboard.type('1')
const typed = await charge.inputValue()
await page.waitForLoadState('networkidle')
await context.clearCookies()
await page.locator('#wire', { hasText: 'You are signed out' }).waitFor({ timeout: 15000 })
assert.equal(await charge.inputValue(), typed)
await accessible(page)

// nobody is sent elsewhere after the sign-in
for (const back of ['//example.com/', 'https://example.com/', '/\\example.com']) {
  await page.goto('/sign-in?back=' + encodeURIComponent(back))
  await page.locator('#name').fill('bea')
  await page.locator('#password').fill(process.env.DELTOID_PASSWORD)
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')])
  assert.equal(new URL(page.url()).pathname, '/worklist', back)
}

// pressed twice, a form leaves once
await page.goto('/worklist')
let posts = 0
await page.route('**/worklist/fix', async route => {
  posts++
  await new Promise(resolve => setTimeout(resolve, 500))
  await route.continue()
})
await page.locator('#claims input[type=checkbox]').first().check()
await page.evaluate(() => {
  const button = document.querySelector('#list [formaction="/worklist/fix"]')
  button.click()
  button.click()
})
await page.waitForURL('**/worklist/fix')
assert.equal(posts, 1)
await page.unroute('**/worklist/fix')

// one module that fails leaves the rest: keys of every screen and the form itself
await page.route('**/work.js*', route => route.fulfill({ contentType: 'text/javascript',
  body: "throw new Error('a widget fails')" }))
await page.goto('/worklist')
await page.keyboard.press('Alt+f')
await page.waitForURL('**/files')
await close()

// without scripts forms and links do what they say
const plain = await open({ javaScriptEnabled: false })
await plain.page.goto('/lookup?q=toradol')
assert.match(await plain.page.locator('#found').innerText(), /J1885/)
await plain.page.goto('/ask')
await plain.page.getByLabel('Drug', { exact: true }).fill('toradol')
await plain.page.getByRole('button', { name: 'Answer' }).click()
await plain.page.locator('#questions').waitFor()
await plain.page.goto('/sign-in?back=/files')
await plain.page.locator('#name').fill('bea')
await plain.page.locator('#password').fill(process.env.DELTOID_PASSWORD)
await plain.page.locator('form button.main').click()
await plain.page.waitForURL('**/files')
await plain.page.goto('/worklist')
await plain.page.locator('#claims tbody a').first().click()
await plain.page.locator('#lines').waitFor()
await plain.page.getByRole('button', { name: 'Sign out' }).click()
await plain.page.waitForURL('**/sign-in')
await plain.close()
