// A person chooses the patient in another chart system, and comes back: with one order the form is filled, with two the
// page asks which is given. Then a manager looks at what became of cards.
import assert from 'node:assert/strict'
import { accessible, open, signIn, signOut, wellBehaved } from './browser.mjs'

const { page, close } = await open()
await signIn(page, 'mia')
const choose = page.getByRole('link', { name: 'Choose the patient in Our EHR' })
await choose.focus()
await page.keyboard.press('Enter')
await page.waitForURL('**/smart/chart')
await wellBehaved(page)
await accessible(page)
assert.match(await page.locator('#launched-who').innerText(), /Example, Pat/)
assert.equal(await page.getByRole('checkbox').count(), 2)
for (const size of [{ width: 320, height: 700 }, { width: 1280, height: 720 }]) {
  await page.setViewportSize(size)
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${size.width} px`)
}
await page.getByRole('checkbox', { name: /ketorolac/ }).focus()
await page.keyboard.press('Space')
await page.getByRole('button', { name: 'Chart for this patient' }).focus()
await page.keyboard.press('Enter')
await page.waitForURL(url => url.pathname === '/chart')
await wellBehaved(page)
assert.match(await page.locator('#who').inputValue(), /Example, Pat/)
assert.equal(await page.locator('#Drug-0').inputValue(), 'ketorolac')
await page.locator('#will-bill').getByText('J1885').waitFor()
await accessible(page)
await signOut(page)

await signIn(page, 'omar')
await page.goto('/manager/cards')
assert.match(await page.locator('#cards tbody').innerText(), /CHT0003/)
await accessible(page)
await page.goto('/settings/chart-systems')
assert.match(await page.locator('#rows').innerText(), /Our EHR/)
await accessible(page)
await close()
