// What a biller does about a claim besides changing its fields: a finding set aside with a reason and a last day, the
// paper form, the X12 beside the form, a task for somebody, a corrected claim by one button.
import assert from 'node:assert/strict'
import { accessible, focused, open, saved, signIn } from './browser.mjs'

const { page, close } = await open()
await signIn(page, 'bea')
await page.goto(`/claims/${process.env.CLAIM}`)
await focused(page, '[aria-invalid]')
const problems = page.locator('#problems ol > li')
const count = await problems.count()

// a day as people type it
await page.locator('[id="line.1.date"]').fill('t')
await page.locator('[id="line.1.date"]').press('Tab')
assert.match(await page.locator('[id="line.1.date"]').inputValue(), /^\d\d\/\d\d\/\d{4}$/)
await page.locator('#unsaved').getByText('kept').waitFor()
await page.reload()
await page.locator('#draft').waitFor()
await page.getByRole('button', { name: 'Throw it away' }).press('Enter')
await page.locator('#draft').waitFor({ state: 'detached' })
await focused(page, '[aria-invalid]')

const item = problems.filter({ hasText: '99202' }).first()
await item.getByRole('button', { name: /^Set aside…/ }).press('Enter')
const box = item.locator('.aside')
await box.getByRole('button', { name: 'Set aside' }).press('Enter') // without a reason
await box.getByText('the reason is missing').waitFor()
await accessible(page)
await box.getByLabel('Why it does not hold here').fill('the plan pays both, see its letter of 02/01')
await page.keyboard.press('Enter')
await page.locator('#aside').waitFor()
assert.match(await page.locator('#aside').innerText(), /99202[\s\S]*the plan pays both[\s\S]*Bea[\s\S]*until/)
assert.equal(await problems.count(), count - 1)
assert.match(await page.locator('#story').innerText(), /a finding was set aside[\s\S]*the plan pays both/)
await accessible(page)

// the box, its place in X12, and what it means: both ways
await page.locator('#beside summary').press('Enter')
const units = page.locator('#beside [data-of="line.3.units"]')
await units.waitFor()
assert.match(await units.innerText(), /SV104[\s\S]*1/)
await accessible(page)
await page.locator('[id="line.3.units"]').focus()
await page.locator('#beside .lit').waitFor()
assert.match(await page.locator('#path').innerText(),
  /Line 3, units \(24G\) ↔ 2400\/SV104 ↔ Claim\.item\[2\]\.quantity/)
await page.locator('#beside [data-of="dx.1"]').press('Enter')
await focused(page, '[id="dx.1"]')
assert.equal(await page.locator('[id="dx.1"].lit').count(), 1)

// paper, on plain paper and for the red form
for (const name of ['CMS-1500 on plain paper', 'for the red form']) {
  const wait = page.waitForEvent('download')
  await page.getByRole('link', { name }).press('Enter')
  const pdf = await saved(await wait)
  assert.equal(pdf.subarray(0, 5).toString(), '%PDF-')
}

// a task for somebody, done on the list of tasks
await page.getByLabel('Ask somebody').fill('Which arm was it?')
await page.getByRole('button', { name: 'Ask', exact: true }).press('Enter')
await page.locator('#tasks').getByText('Which arm was it?').first().waitFor()
await accessible(page)
await page.goto('/tasks')
await accessible(page)
await page.getByRole('button', { name: /^Done/ }).press('Enter')
await page.locator('.empty').waitFor()
await accessible(page)

// a corrected claim by one button, with the number of the remittance
await page.goto(`/claims/${process.env.SENT}`)
await page.locator('#correct').waitFor()
await accessible(page)
await page.getByRole('button', { name: 'Correct it (7)' }).press('Enter')
await page.locator('#saved').waitFor()
assert.equal(await page.locator('#frequency').inputValue(), '7')
assert.equal(await page.locator('#reference').inputValue(), 'CM26069A0001')
await page.locator('#life').getByText('ready to send').waitFor()
await accessible(page)
await close()
