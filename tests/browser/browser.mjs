// What every journey needs: a browser, a page that fails on what a person would not see, and steps by keyboard.
import { chromium } from 'playwright-core'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import assert from 'node:assert/strict'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Opens Chromium; errors of a page, refused by its policy or thrown, fail the journey at its end. */
export async function open (options = {}) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update',
      '--disable-sync']
  })
  const context = await browser.newContext({ baseURL: process.env.DELTOID_URL, ...options })
  const page = await context.newPage()
  const faults = []
  page.on('console', message => { if (message.type() === 'error') faults.push(message.text()) })
  page.on('pageerror', error => faults.push(String(error)))
  const close = async () => {
    await browser.close()
    assert.deepEqual(faults, [])
  }
  return { browser, context, page, close }
}

/** Signs in by keyboard. */
export async function signIn (page, name) {
  await page.goto('/sign-in')
  await page.keyboard.type(name)
  await page.keyboard.press('Tab')
  await page.keyboard.type(process.env.DELTOID_PASSWORD)
  await page.keyboard.press('Enter')
  await page.waitForURL(url => !url.pathname.startsWith('/sign-in'))
}

export async function signOut (page) {
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.waitForURL('**/sign-in')
}

/** No rule of WCAG 2.2 A and AA is broken on the page as it stands. */
export async function accessible (page) {
  const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
  const found = await page.evaluate(`${axe}; axe.run({ runOnly: ${JSON.stringify(rules)} })`)
  const broken = found.violations.map(v => `${v.id}: ${v.nodes.map(n => n.html).join(' ')}`)
  assert.deepEqual(broken, [], page.url())
}

/** Types into a field with choices, and takes the first: the fields come back with what it fills in. */
export async function choose (page, field, text) {
  await page.locator(field).fill('')
  await page.locator(field).pressSequentially(text)
  const answer = page.waitForResponse('**/chart/fields')
  await page.keyboard.press('Enter')
  await answer
  await page.locator(`${field}-list`).waitFor({ state: 'hidden' })
}

/** Types as a person with a keyboard alone: every press counts, a scanner's text counts as none. */
export function keyboard (page) {
  const hands = {
    keys: 0,
    async press (...keys) {
      for (const key of keys) {
        hands.keys += key.split('+').length
        await page.keyboard.press(key)
      }
    },
    async type (text) {
      hands.keys += text.length
      await page.keyboard.type(text)
    },
    async scan (text) {
      await page.keyboard.type(text)
      await page.keyboard.press('Enter')
    }
  }
  return hands
}

/** The field that has the focus. */
export const focused = page => page.evaluate(() => document.activeElement.id)
