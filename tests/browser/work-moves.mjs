// The worklist by keyboard: what is marked is given to somebody or put away, undone by one key, and a view is kept by
// its name. Keys of one character can be switched off; ? shows them all.
import assert from 'node:assert/strict'
import { accessible, focused, open, signIn, wellBehaved } from './browser.mjs'

const { page, close } = await open()
const keys = async (...all) => { for (const key of all) await page.keyboard.press(key) }
const rows = page.locator('#claims tbody tr')
await signIn(page, 'bea')
await focused(page, '#claims a')
assert.equal(await rows.count(), 5)

// a claim that cannot leave cannot be ticked, and says why
const held = rows.filter({ hasText: 'must be mended' })
assert.equal(await held.locator('[name=claim]').count(), 0)
assert.match(await held.locator('.no').innerText(), /to mend/)
assert.equal(await rows.locator('[name=claim]:checked').count(), 4)
assert.match(await rows.first().innerText(), /\$[\d,.]+\s+\d+ %\s+(\d+ days|limit not known)/) // what it is ranked by

await keys('x', 'j', 'x', 'a')
await page.locator('#assign[open]').waitFor()
assert.equal(await page.locator('#marked').innerText(), '2 marked')
await accessible(page)
await keys('Control+Enter')
await page.locator('.moved').getByText('2 claims given').waitFor()
assert.equal(await rows.filter({ hasText: 'Bea' }).count(), 2)
await accessible(page)
await wellBehaved(page)
await keys('u')
await page.locator('.moved').waitFor({ state: 'detached' })
assert.equal(await rows.filter({ hasText: 'Bea' }).count(), 0)

// nothing is marked: the claim with the focus is meant
await focused(page, '#claims a')
await keys('z')
await page.locator('#snooze[open]').waitFor()
await accessible(page)
await keys('Control+Enter')
await page.locator('.moved').getByText('1 claim put away').waitFor()
assert.equal(await rows.count(), 4)
await page.goto('/worklist?asleep=yes')
assert.equal(await rows.count(), 1)
await accessible(page)

// groups by payer, a view with a name, and back from a claim to the same list
await page.goto('/worklist?by=Payer')
await page.locator('#groups a').first().press('Enter')
await page.waitForURL('**payer=*')
await focused(page, '#claims a')
await keys('s')
await page.locator('#save-view[open]').waitFor()
await page.keyboard.type('Medicare first')
await accessible(page)
await keys('Enter')
const view = page.getByRole('link', { name: 'Medicare first' })
await view.waitFor()
await focused(page, '#claims a')
await keys('j', 'Enter')
await page.waitForURL('**/claims/*')
await page.locator('#claim').waitFor()
await keys('Escape')
await page.waitForURL('**/worklist?payer=*')
await focused(page, '#claims tr:nth-child(2) a') // where one was
await accessible(page)

// ? shows the keys; switched off, letters do nothing
await keys('?')
await page.locator('#keys[open]').waitFor()
assert.match(await page.locator('#keys').innerText(), /put them away/)
await accessible(page)
await page.getByLabel('Keys of one character do nothing').press('Space')
await keys('Escape', 'z')
assert.equal(await page.locator('dialog[open]').count(), 0)
await page.getByRole('button', { name: 'Keys and help' }).press('Enter')
await page.getByLabel('Keys of one character do nothing').press('Space')
await keys('Escape', 'g', 'f')
await page.waitForURL('**/files')
await keys('g', 'w')
await page.waitForURL('**/worklist')
await close()
