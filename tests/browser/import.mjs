// Import: paste, choose columns, see what will happen, save what is right, take home what failed; twice changes
// nothing.
import assert from 'node:assert/strict'
import { accessible, open, saved, signIn } from './browser.mjs'

const { page, close } = await open()
await signIn(page, 'omar')
const give = async (kind, text) => {
  await page.goto(`/settings/import/${kind}`)
  if (await page.locator('#give').count() === 0) {
    await page.getByRole('button', { name: /Leave it|another file/ }).click()
  }
  await page.locator('#text').fill(text)
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Control+Enter')])
}
const sums = () => page.locator('#sums, #saved').innerText()

const patients = `Last Name;First Name;DOB;Gender;Address;City;ST;Zip Code;Insurance;Member ID;Wants
Marker;<b>Ana</b>;02/03/1960;Female;1 Road;Springfield;il;62701;medicare-b;1EG4TE5MK77;=1+1
Marker;Ben;1961-02-30;M;1 Road;Springfield;IL;6270;MEDICARE-B;1EG4TE5MK78;+2
Marker;Cid;02/03/1962;M;1 Road;Springfield;IL;62701;Nobody's Plan;77;x
Example;Pat;04/09/1958;F;9 New Road;Springfield;IL;62701;Medicare Part B;1EG4TE5MK73;x
`
await give('patients', 'one line only')
assert.match(await page.locator('#faults').innerText(), /No row is there/)
await accessible(page)
await give('patients', patients)
assert.match(await sums(), /Nothing is saved yet\. 1 new, 1 changed, 0 here already, 2 failed/)
await accessible(page)
assert.doesNotMatch(page.url(), /Marker/)
const shown = await page.locator('#rows').innerText()
assert.match(shown, /no day of the calendar/)
assert.match(shown, /dropped a zero/)
assert.match(shown, /No payer has this name/)
assert.equal(await page.locator('#rows b').count(), 0)
// nothing was saved: the list of patients has no Marker
await page.goto('/settings/patients')
assert.doesNotMatch(await page.locator('#rows').innerText(), /Marker/)
await page.goto('/settings/import/patients')
// a column that is left out, and comes back
await page.getByLabel('Address', { exact: true }).selectOption('')
await page.getByRole('button', { name: 'Show again' }).click()
assert.match(await page.locator('#missing').innerText(), /Street/)
await accessible(page)
await page.getByLabel('Address', { exact: true }).selectOption('Line')
await page.getByRole('button', { name: 'Show again' }).click()
// the rows that failed come home with their reasons, and no cell of them is a formula
const wait = page.waitForEvent('download')
await page.getByRole('button', { name: 'Download the rows that failed (2)' }).click()
const failed = (await saved(await wait)).toString()
assert.match(failed, /Reason/)
assert.match(failed, /,'\+2,/)
assert.doesNotMatch(failed, /(^|,)[=+@]/m)
await page.keyboard.press('Control+Enter')
await page.locator('#saved').waitFor()
await accessible(page)
await page.goto('/settings/patients')
assert.match(await page.locator('#rows').innerText(), /Marker\s+<b>Ana<\/b>\s+02\/03\/1960\s+female/)
await page.getByRole('link', { name: 'Change Example' }).first().click()
assert.equal(await page.getByLabel('Street').inputValue(), '9 New Road')
await give('patients', patients)
assert.match(await sums(), /0 new, 0 changed, 2 here already, 2 failed/)

await give('fees', 'CPT,Price\n96372,40\nJ3420,12.50\nJ9999,abc\n99214,"1,200.00"\n')
assert.match(await sums(), /1 new, 1 changed, 1 here already, 1 failed/)
await page.keyboard.press('Control+Enter')
await page.locator('#saved').waitFor()
await give('providers', 'NPI\tLast\tFirst\tDegree\n1245319599\tSample\tDana\tDO\n1234567890\tNo\tBody\tRN\n')
assert.match(await sums(), /0 new, 1 changed, 0 here already, 1 failed/)
await give('treatments', 'Treatment,Medication,Dose,Route\nB12 weekly,cyanocobalamin,1000 mcg,im\nEmpty,,,\n')
assert.match(await sums(), /1 new, 0 changed, 0 here already, 1 failed/)

const boxes = 'Invoice,NDC,Lot,Exp,Qty\nINV-9,00517-0031-25,N-77,03/2028,10\nINV-9,00517-0031-25,N-78,,10\n'
await give('stock', boxes)
assert.match(await sums(), /1 new, 0 changed, 0 here already, 1 failed/)
await page.keyboard.press('Control+Enter')
await page.locator('#saved').waitFor()
await give('stock', boxes)
assert.match(await sums(), /0 new, 0 changed, 1 here already, 1 failed/)
await page.goto('/stock')
assert.match(await page.locator('main').innerText(), /N-77/)

await give('fees', `Code,Charge${',x'.repeat(600)}\n96372,40\n`)
assert.match(await page.locator('#faults').innerText(), /more than 512 columns/)
await give('fees', 'Code,Charge\n96372,"40\n')
assert.match(await page.locator('main').innerText(), /quotation|failed|No row/)
await page.goto('/trail')
assert.match(await page.locator('#trail').innerText(), /import/)
await close()
