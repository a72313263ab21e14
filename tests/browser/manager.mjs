// J8: a manager sees the rate of denials over its goal, opens the claims, makes a rule of them, tries it on 90 days,
// switches it on, and saves the figures.
import assert from 'node:assert/strict'
import { accessible, atKeyboard, focused, open, saved, signIn, wellBehaved } from './browser.mjs'

const { page, close } = await open()
await signIn(page, 'omar')
const hands = atKeyboard(page)
/** Goes on with Tab to a control, as many keys as it takes, and presses Enter. */
const enter = async selector => {
  await page.locator(selector).first().waitFor()
  for (let i = 0; i < 150; i++) {
    await hands.press('Tab')
    if (await page.evaluate(name => document.activeElement.matches(name), selector)) break
  }
  await focused(page, selector)
  await Promise.all([page.waitForNavigation(), hands.press('Enter')])
}

await page.goto('/manager')
await accessible(page)
const denied = page.locator('#key-denied')
assert.match(await denied.innerText(), /75 %/)
hands.think()
await enter('#key-denied a')
assert.match(await page.locator('#sums').innerText(), /9 claims/)
await accessible(page)
hands.think()
await enter('#make-rule')
assert.match(await page.locator('#drawn').innerText(), /drawn from the denials/)
assert.match(await page.locator('#text').inputValue(), /predicts {2}CO-197/)
await accessible(page)

// from the text on: Tab leads to the button that tries it
await page.locator('#text').focus()
hands.think()
await enter('#try button')
const test = await page.locator('#test').innerText()
assert.match(test, /9 times the payer refused for its reason: \$112\.50/)
await accessible(page)
await page.locator('#text').focus()
hands.think()
await enter('#try button[formaction="/manager/rules/on"]')
assert.match(await page.locator('#own').innerText(), /on since/)
await accessible(page)
await wellBehaved(page)

await page.goto('/manager')
hands.think()
const [file] = await Promise.all([page.waitForEvent('download'),
  page.evaluate(() => document.querySelector('a[href^="/manager.csv"]').click())])
for (const cell of (await saved(file)).toString().split(/[,\n]/)) assert.doesNotMatch(cell, /^"?[=+@\t]/)
const { keys, seconds, program } = hands.took()
assert.ok(seconds <= 180, `${seconds} s of the person`)
console.log(`${keys} keys, ${seconds.toFixed(1)} s of the person, ${program.toFixed(1)} s of the program`)
await close()
