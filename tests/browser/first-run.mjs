// An empty folder: the address of the console, the practice in a few steps, and the first shot with what it will bring.
import assert from 'node:assert/strict'
import { accessible, choose, open, signIn, signOut } from './browser.mjs'

const { page, close } = await open()
await page.goto('/setup?key=wrong')
assert.match(page.url(), /sign-in/) // without the key there is nothing to see
await page.goto(process.env.DELTOID_SETUP)
await accessible(page)
const owner = { Practice: 'Proof Clinic', Npi: '1234567890', TaxId: '12-3456789', Phone: '2175550100',
  Line: '1 Road', City: 'Springfield', State: 'IL', Zip: '627010000', Person: 'Nora (owner)', Name: 'nora',
  Password: process.env.DELTOID_PASSWORD }
for (const [id, value] of Object.entries(owner)) await page.locator(`#${id}`).fill(value)
await page.keyboard.press('Control+Enter')
assert.match(await page.locator('#faults').innerText(), /last one checks the others/)
assert.equal(await page.locator('#Practice').inputValue(), 'Proof Clinic') // what was typed stays
await accessible(page)
await page.locator('#Npi').fill('1234567893')
await page.locator('#Password').fill(process.env.DELTOID_PASSWORD)
await page.keyboard.press('Control+Enter')
await page.waitForURL('**/start')

const steps = [
  { Name: 'Main Street', Locality: '06102-16' },
  { Family: 'Proof', Given: 'Dana', Npi: '1245319599', Taxonomy: '207Q00000X', Credential: 'MD' },
  { Name: 'Medicare Part B', Number: 'MEDICARE-B', Kind: 'medicare', Filing: 'MB' },
  { Code: '96372', Cents: '38.00' },
  { Family: 'Example', Given: 'Pat', BirthDate: '1958-04-09', Sex: 'F', Line: '1 Example Road', City: 'Springfield',
    State: 'IL', Zip: '62701', SignedOn: '2026-01-05' },
  { PayerId: 'Medicare Part B', MemberId: '1EG4TE5MK73' }
]
for (const step of steps) {
  await accessible(page)
  for (const [id, value] of Object.entries(step)) {
    const field = page.locator(`#step #${id}`)
    if (await field.evaluate(f => f.tagName) === 'SELECT') {
      await field.selectOption(await field.locator(`option[value="${value}"]`).count() ? value : { label: value })
    } else await field.fill(value)
  }
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Control+Enter')])
  assert.match(page.url(), /\/start$/, await page.locator('main').innerText())
}
await page.locator('#ready').waitFor()
await accessible(page)
for (const path of ['/worklist', '/stock', '/files', '/trail', '/settings/treatments', '/chart']) {
  await page.goto(path)
  await accessible(page)
  assert.ok((await page.locator('main').innerText()).length > 40, `${path} says what to do first`)
}
assert.equal(await page.locator('#unready').count(), 0)

// the first shot; the vial is typed from its label, since the shelf is empty
const shown = page.waitForResponse('**/chart/fields')
await page.locator('#Day').fill('2026-03-02')
await page.locator('#Day').press('Tab')
await shown
await choose(page, '#who', 'exam')
await choose(page, '#Drug-0', 'b12')
await page.locator('#Dose-0').fill('1000 mcg')
await page.locator('summary', { hasText: 'Label of a vial' }).click()
for (const [id, value] of [['Ndc', '00517-0031-25'], ['LotText', 'XYZ2025'], ['Expires', '2027-03'],
  ['Holds', '1000 mcg']]) await page.locator(`#${id}-0`).fill(value)
await page.locator('#Container-0').selectOption('single-dose')
await page.getByLabel('into muscle (IM)').check()
await page.getByLabel('left deltoid', { exact: true }).first().check()
await page.getByLabel('in suite').check()
await page.locator('#Diagnosis-0').fill('D51.0')
await page.locator('#will-bill').getByText('96372').first().waitFor()
await page.keyboard.press('Control+Enter')
await page.locator('#saved').waitFor()
assert.match(await page.locator('#saved').innerText(), /Claim C000001/)
await page.goto('/worklist')
await page.getByRole('link', { name: 'C000001' }).first().click()
assert.match(await page.locator('#expects summary').innerText(), /expects (at least )?\$\d+\.\d\d/)
await page.locator('#expects summary').click()
assert.match(await page.locator('#expects').innerText(), /42 CFR 414/)
await accessible(page)
await signOut(page)
await page.goto(process.env.DELTOID_SETUP)
assert.match(page.url(), /sign-in/) // the key worked once
await signIn(page, 'nora')
await close()
