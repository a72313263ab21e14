// Settings by the owner: every kind is opened, changed and refused; what changed is in the trail, which verifies.
import assert from 'node:assert/strict'
import { accessible, open, signIn, signOut } from './browser.mjs'

const { browser, page, close } = await open()
await signIn(page, 'omar')
for (const section of ['practice', 'people', 'locations', 'providers', 'payers', 'fees', 'treatments', 'patients',
  'import', 'payers/1', 'patients/1', 'patients/1/orders', 'import/patients', 'import/stock']) {
  await page.goto(`/settings/${section}`)
  await accessible(page)
}
await page.goto('/settings/fees')
await page.getByRole('link', { name: 'Change 96372' }).click()
await page.getByLabel('Charge for one unit').fill('39.505')
await page.keyboard.press('Control+Enter')
await page.getByRole('alert').waitFor()
assert.equal(await page.getByLabel('Charge for one unit').inputValue(), '39.505') // what was typed stays
await accessible(page)
await page.getByLabel('Charge for one unit').fill('39.50')
await page.keyboard.press('Control+Enter')
await page.locator('#saved').waitFor()
assert.match(await page.locator('#rows').innerText(), /96372\s+39\.50/)
// a second fee of one code is refused
await page.getByLabel('Code').fill('96372')
await page.getByLabel('Charge for one unit').fill('1.00')
await page.keyboard.press('Control+Enter')
assert.match(await page.locator('#faults').innerText(), /There is one like this already/)

await page.goto('/settings/patients')
for (const [label, value] of [['Family name', '<b>Marker'], ['Given name', 'New'], ['Birth date', '1960-02-03'],
  ['Street', '1 Road'], ['City', 'Springfield'], ['State', 'il'], ['ZIP', '62701'],
  ['Signature on file since', '']]) await page.getByLabel(label).fill(value)
await page.getByLabel('Sex').selectOption('F')
await page.keyboard.press('Control+Enter')
await page.locator('#saved').waitFor()
assert.equal(await page.locator('main b').count(), 0)
await page.getByRole('link', { name: 'Coverage of <b>Marker' }).click()
await page.getByText('No coverage yet').waitFor()
await accessible(page)
await page.getByLabel('Payer').selectOption({ label: 'Medicare Part B' })
await page.getByLabel('Member number').fill('1EG4TE5MK74')
await page.getByLabel('Pays').selectOption('1')
await page.keyboard.press('Control+Enter')
await page.locator('#saved').waitFor()
await accessible(page)

// people: nobody disables the last owner or takes the role away; a disabled person is out with the next request
await page.goto('/settings/people')
await page.getByLabel(/Role\s+of Omar/).selectOption('Biller')
await page.locator('li', { hasText: 'Omar (owner)' }).getByRole('button', { name: 'Save' }).click()
assert.match(await page.locator('#faults').innerText(), /last owner/)
await accessible(page)
await page.getByLabel('Name', { exact: true }).fill('Max')
await page.getByLabel('Sign-in name').fill('max')
await page.getByLabel('Role', { exact: true }).selectOption('Manager')
await page.getByLabel('First password').fill('short')
await page.keyboard.press('Control+Enter')
await page.locator('#faults', { hasText: '12 characters' }).waitFor()
await page.getByLabel('First password').fill(process.env.DELTOID_PASSWORD)
await page.keyboard.press('Control+Enter')
await page.locator('#saved').waitFor()

const other = await (await browser.newContext({ baseURL: process.env.DELTOID_URL })).newPage()
await signIn(other, 'max')
await other.goto('/settings/people')
assert.match(await other.locator('li', { hasText: 'Omar (owner)' }).innerText(), /Only an owner changes an owner/)
await page.getByLabel(/Max\s+may not sign in/).check()
await page.locator('li', { hasText: 'Max' }).getByRole('button', { name: 'Save' }).click()
await page.locator('#saved').waitFor()
await other.goto('/settings/people')
assert.match(other.url(), /sign-in/)

await page.goto('/trail')
await accessible(page)
const trail = await page.locator('#trail').innerText()
assert.match(trail, /IsDisabled: False → True/)
assert.match(trail, /Cents: 3800 → 3950/)
assert.doesNotMatch(trail, new RegExp(process.env.DELTOID_PASSWORD))
await page.getByRole('button', { name: 'Verify the whole trail' }).click()
assert.match(await page.locator('#verdict').innerText(), /✔ All \d+ events/)
await accessible(page)
await signOut(page)
await close()
