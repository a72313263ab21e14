// A note from elsewhere is pasted, its words are looked at beside the fields, and what is ticked is charted: by
// keyboard alone. What is not ticked is not charted.
import assert from 'node:assert/strict'
import { accessible, focused, open, signIn, wellBehaved } from './browser.mjs'

const note = 'Toradol 30 mg IM R delt, lot K99 exp 7/2028, for low back pain. Tol well, obs 15 min.\nRocephin refused.'

const { page, context, close } = await open()
await context.grantPermissions(['clipboard-read', 'clipboard-write'])
await signIn(page, 'mia')

/** Presses Tab until what a selector names has the focus. */
async function tabTo (selector, key = 'Tab') {
  for (let pressed = 0; pressed < 80; pressed++) {
    if (await page.evaluate(name => document.activeElement?.matches(name), selector)) return wellBehaved(page)
    await page.keyboard.press(key)
  }
  assert.fail(`the keyboard does not reach ${selector}`)
}

/** The same, and presses it: another page comes. */
async function go (selector, key) {
  await tabTo(selector, key)
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')])
}

async function pasteAndRead () {
  await focused(page, '#who')
  await go('#paste-a-note', 'Shift+Tab')
  await focused(page, '#note-in')
  await page.evaluate(text => navigator.clipboard.writeText(text), note)
  await page.keyboard.press('Control+V')
  assert.equal(await page.locator('#note-in').inputValue(), note)
  await go('#paste button')
  await focused(page, '#take-0')
}

await pasteAndRead()
const words = await page.locator('#note-words mark').allInnerTexts()
for (const word of ['Toradol', '30 mg', 'IM', 'R delt', 'K99', 'low back pain', '15 min']) {
  assert.ok(words.some(marked => marked.includes(word)), `${word} is not marked: ${words}`)
}
assert.equal((await page.locator('#note-words').innerText()).trim(), note)
assert.ok(!words.some(marked => marked.includes('Rocephin')))
assert.match(await page.locator('#left-out').innerText(), /refused:.*Rocephin/)
// a person may chart it as what it is
assert.match(await page.locator('.fact:has([value="/refused/0"])').innerText(), /refused it.*ceftriaxone/)
assert.equal(await page.locator('#proposed input:checked').count(), 0) // nothing is chosen for a person
await accessible(page)
await page.setViewportSize({ width: 320, height: 700 })
assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth))
await page.setViewportSize({ width: 1280, height: 720 })

// nothing is confirmed: an empty form
await go('#take button')
await focused(page, '#who')
assert.equal(await page.locator('#Drug-0').inputValue(), '')
assert.doesNotMatch(await page.locator('#shot').innerText(), /K99/)

// the drug, how much, how, where and why; not the lot, the day on it, or the reaction
await pasteAndRead()
for (const field of ['drug', 'dose', 'route', 'site', 'indication']) {
  await tabTo(`input[value="/administrations/0/${field}"]`)
  await page.keyboard.press('Space')
}
assert.equal(await page.locator('#proposed input:checked').count(), 5)
await go('#take button')
await focused(page, '#who')
for (const [field, value] of [['Drug', 'ketorolac'], ['Dose', '30 mg'], ['Indication', 'low back pain'], ['Lot', ''],
  ['Expires', ''], ['Response', '']]) {
  const input = page.locator(`#${field}-0`)
  if (value || await input.count() > 0) assert.equal(await input.inputValue(), value, field)
}
await page.keyboard.type('exa')
await page.getByRole('option', { name: /Example, Pat/ }).waitFor()
const fields = page.waitForResponse('**/chart/fields')
await page.keyboard.press('Enter')
await fields
await page.locator('#will-bill').getByText('J1885').waitFor()
await accessible(page)
await page.keyboard.press('Control+Enter')
await page.locator('#saved').waitFor()
assert.match(await page.locator('#saved').innerText(), /Saved\. Claim C000001/)
await close()
