// Look up, without an account: typeahead by keyboard, a retired code, units, prices, a pair, a help page.
import assert from 'node:assert/strict'
import { accessible, open, signIn } from './browser.mjs'

const { page, close } = await open()
await page.goto('/lookup')
await accessible(page)
// the first character finds something; each further one narrows it
await page.keyboard.type('j')
await page.locator('#found a').first().waitFor()
await page.keyboard.type('3420')
await page.locator('#found a', { hasText: 'J3420' }).waitFor()
await accessible(page)
await page.keyboard.press('ArrowDown')
assert.match(await page.evaluate(() => document.activeElement.innerText), /J3420/)
await page.keyboard.press('ArrowUp')
assert.equal(await page.evaluate(() => document.activeElement.id), 'lookup')
await page.keyboard.press('ArrowDown')
await page.keyboard.press('Enter')
await page.getByRole('heading', { name: 'J3420' }).waitFor()
await page.getByLabel('Dose in units of J3420').fill('2500 mcg')
await page.locator('#units-J3420', { hasText: 'bill 3 of J3420' }).waitFor()
await page.getByLabel('Dose in units of J3420').fill('1 mL')
await page.locator('#units-J3420', { hasText: 'measure different things' }).waitFor()
await accessible(page)

// the slash comes here from anywhere, and never while something is typed
await page.goto('/ask')
await page.locator('h1').click()
await page.keyboard.press('/')
await page.waitForURL('**/lookup')
await page.locator('#lookup:focus').waitFor()
await page.keyboard.type('96372')
await page.keyboard.press('Enter')
await page.getByRole('heading', { name: '96372' }).waitFor()
await page.locator('#price-96372', { hasText: '$' }).waitFor()
const national = await page.locator('#price-96372 strong').innerText()
await page.getByLabel('Medicare price in').fill('chicago')
await page.waitForFunction(before => document.querySelector('#price-96372 strong')?.innerText !== before, national)
assert.match(await page.locator('#price-96372 strong').innerText(), /^\$\d+\.\d\d$/)
await page.getByLabel('Medicare price in').fill('nowhere at all')
await page.locator('#price-96372', { hasText: 'No locality' }).waitFor()
await accessible(page)
await page.getByLabel('May it be billed beside').fill('99213')
await page.keyboard.press('Enter')
await page.getByRole('heading', { name: '96372 + 99213' }).waitFor()
await accessible(page)

// a retired code is struck through, with when and what follows
await page.goto('/lookup?q=J1030')
assert.match(await page.locator('#found li').first().innerText(), /J1030[\s\S]*ended 03\/31\/2024 → J1010/)
assert.equal(await page.locator('#found li').first().locator('s').count(), 1)
// on a day when it was valid it is not
await page.goto('/lookup?q=J1030&date=2024-03-01')
assert.equal(await page.locator('#found li').first().locator('s').count(), 0)
for (const [typed, found] of [['toradol', 'J1885'], ['00517-0031-25', '00517-0031-25'], ['intrinsic factor', 'D51.0'],
  ['add-on-without', 'add-on-without-primary']]) {
  await page.goto(`/lookup?q=${typed}`)
  assert.match(await page.locator('#found').innerText(), new RegExp(found), typed)
}
await page.goto('/lookup?q=zzqqxx')
await page.getByText('Nothing here is called').waitFor()
await accessible(page)

// what is typed stays text
await page.goto(`/lookup?q=${encodeURIComponent('<img src=x onerror=alert(1)>')}`)
assert.equal(await page.locator('main img').count(), 0)

await page.goto('/help/add-on-without-primary')
assert.match(await page.locator('article.page').innerText(), /What to do/)
assert.equal(await page.locator('h1').count(), 1)
await accessible(page)
await page.goto('/help')
await accessible(page)
const answer = await page.request.get('/help/no-such-edit')
assert.equal(answer.status(), 404)

// who has signed in finds the same in the bar
await signIn(page, 'bea')
await page.keyboard.press('/')
await page.waitForURL('**/lookup')
await page.locator('#lookup:focus').waitFor()
await close()
