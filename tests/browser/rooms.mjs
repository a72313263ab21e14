// The rooms of the settings: standing orders, supervision, a payer's limits and contract, and two people in one room.
import assert from 'node:assert/strict'
import { accessible, open, signIn } from './browser.mjs'

const { browser, page, close } = await open()
await signIn(page, 'omar')
// the plan has an end; an order that stands fills in the next shot
await page.goto('/settings/patients/2/orders')
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
await close()
