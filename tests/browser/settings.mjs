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

// the plan has an end; an order that stands fills in the next shot
await page.getByRole('link', { name: 'Standing orders' }).click()
await page.getByText('No standing order.').waitFor()
await page.getByLabel('Drug').fill('')
await page.getByLabel('Drug').pressSequentially('b12')
await page.getByRole('option', { name: 'cyanocobalamin' }).waitFor()
await accessible(page)
await page.keyboard.press('Enter')
for (const [label, value] of [['Ordered by', 'Dr. Sample'], ['Ordered on', '2026-01-05'], ['Last day', '2025-01-05'],
  ['Why (diagnosis)', 'D51.0']]) await page.getByLabel(label).fill(value)
await page.keyboard.press('Control+Enter')
assert.match(await page.locator('#faults').innerText(), /The last day is before the first one/)
await accessible(page)
await page.getByLabel('Last day').fill('2027-01-05')
await page.keyboard.press('Control+Enter')
await page.locator('#saved').waitFor()
assert.match(await page.locator('#rows').innerText(), /cyanocobalamin\s+Dr\. Sample\s+01\/05\/2026\s+01\/05\/2027/)

// a provider and who supervises
await page.goto('/settings/providers')
for (const [label, value] of [['Family name', 'Proof'], ['Given name', 'Ann'], ['NPI', '1234567890']]) {
  await page.getByLabel(label).fill(value)
}
await page.getByLabel('Supervised by').selectOption({ label: 'Sample, Dana' })
await page.keyboard.press('Control+Enter')
assert.match(await page.locator('#faults').innerText(), /last one checks the others/)
await page.getByLabel('NPI').fill('1234567893')
await page.keyboard.press('Control+Enter')
await page.locator('#saved').waitFor()
assert.match(await page.locator('#rows').innerText(), /Proof\s+Ann\s+1234567893.*Sample, Dana/)

// a payer: which rules judge it, its limits, its contract row by row
await page.goto('/settings/payers')
for (const [label, value] of [['Name', 'Proof Plan'], ['Payer id', 'PROOF'], ['Claim filing', 'ci']]) {
  await page.getByLabel(label, { exact: true }).fill(value)
}
await page.getByLabel('Kind', { exact: true }).selectOption('commercial')
await page.keyboard.press('Control+Enter')
await page.locator('#saved').waitFor()
await page.getByRole('link', { name: 'Rules and contract of Proof Plan' }).click()
assert.match(await page.locator('dl.rules').first().innerText(), /Judged as\s+commercial · IL/)
await page.getByLabel('Days to file a first claim').fill('many')
await page.getByRole('button', { name: 'Save the limits' }).click()
await page.locator('#faults').waitFor()
assert.equal(await page.getByLabel('Days to file a first claim').inputValue(), 'many')
await accessible(page)
await page.getByLabel('Days to file a first claim').fill('90')
await page.getByRole('button', { name: 'Save the limits' }).click()
await page.locator('#saved').waitFor()
for (const [label, value] of [['Codes', '96372'], ['From', '2026-01-01'], ['Amount in dollars', '30.00']]) {
  await page.locator('#row').getByLabel(label, { exact: true }).fill(value)
}
await page.locator('#row').getByLabel('Price', { exact: true }).selectOption('per-unit')
await page.keyboard.press('Control+Enter')
assert.match(await page.locator('#faults').innerText(), /source/) // a row without its source is refused
await accessible(page)
await page.locator('#row').getByLabel('Where it is written').fill('Agreement 2026, exhibit B')
await page.keyboard.press('Control+Enter')
await page.locator('#saved').waitFor()
assert.match(await page.locator('#rates').innerText(), /96372\s+\$30(\.00)? for one unit\s+01\/01\/2026/)
await accessible(page)
await page.getByText('The whole contract as JSON').click()
await page.locator('#json').fill('{ "rates": [')
await page.getByRole('button', { name: 'Replace the contract' }).click()
await page.locator('#faults').waitFor()
await accessible(page)

// two people on one payer: the later save is told who was faster, and nothing is lost
const second = await (await browser.newContext({ baseURL: process.env.DELTOID_URL })).newPage()
await signIn(second, 'omar')
await second.goto('/settings/fees')
await second.getByRole('link', { name: 'Change J3420' }).click()
await page.goto('/settings/fees')
await page.getByRole('link', { name: 'Change J3420' }).click()
await page.getByLabel('Charge for one unit').fill('13.00')
await page.keyboard.press('Control+Enter')
await page.locator('#saved').waitFor()
await second.getByLabel('Charge for one unit').fill('14.00')
await second.keyboard.press('Control+Enter')
assert.match(await second.locator('#clashes').innerText(),
  /Omar \(owner\) changed Charge for one unit from “12\.50” to “13\.00”/)
assert.equal(await second.getByLabel('Charge for one unit').inputValue(), '14.00')
await accessible(second)
await second.keyboard.press('Control+Enter')
await second.locator('#saved').waitFor()
assert.match(await second.locator('#rows').innerText(), /J3420\s+14\.00/)

// a treatment holds what is the same each time
await page.goto('/settings/treatments')
await page.getByRole('link', { name: 'Change Toradol 30 mg' }).click()
await page.getByLabel('Minutes observed').fill('15')
await page.keyboard.press('Control+Enter')
await page.locator('#saved').waitFor()

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
