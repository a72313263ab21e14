// What every journey needs: a browser, a page that fails on what a person would not see, and steps by keyboard.
import { chromium } from 'playwright-core'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import assert from 'node:assert/strict'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** How Chromium is started. */
export const CHROMIUM = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update',
    '--disable-sync']
}

/**
 * Opens Chromium, that of the run (server.mjs) unless it needs arguments of its own; errors of a page, refused by its
 * policy or thrown, fail the journey at its end.
 */
export async function open ({ expected = /status of 422/, args = [], ...options } = {}) {
  const browser = process.env.CHROMIUM_AT && args.length === 0
    ? await chromium.connect(process.env.CHROMIUM_AT)
    : await chromium.launch({ ...CHROMIUM, args: [...CHROMIUM.args, ...args] })
  const context = await browser.newContext({ baseURL: process.env.DELTOID_URL, ...options })
  const page = await context.newPage()
  const faults = []
  // no faults: what is refused on purpose answers with a number; a request that a later one replaces is aborted
  page.on('console', message => {
    const text = message.text()
    if (message.type() === 'error' && !expected.test(text) && !/^htmx:(sendAbort|afterRequest)/.test(text)) {
      faults.push(text)
    }
  })
  page.on('pageerror', error => { if (!expected.test(String(error))) faults.push(String(error)) })
  const close = async () => {
    await browser.close()
    assert.deepEqual(faults, [])
  }
  return { browser, context, page, close }
}

/** Signs in by keyboard. */
export async function signIn (page, name) {
  await page.goto('/sign-in')
  await page.locator('#name:focus').waitFor() // the page itself puts the cursor there
  await page.keyboard.type(name)
  await page.keyboard.press('Tab')
  await page.locator('#password:focus').waitFor()
  await page.keyboard.type(process.env.DELTOID_PASSWORD)
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')])
  assert.ok(!page.url().includes('/sign-in'), await page.locator('main').innerText())
}

export async function signOut (page) {
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.waitForURL('**/sign-in')
}

/** Rules of WCAG 2.2 A and AA that are broken on the page as it stands, with the elements. */
export async function rulesBroken (page) {
  const runOnly = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
  if (!await page.evaluate('Boolean(window.axe)')) await page.evaluate(axe)
  const how = { runOnly, resultTypes: ['violations'], iframes: false }
  const found = await page.evaluate(how => window.axe.run(how), how)
  return found.violations.map(v => `${v.id}: ${v.nodes.map(n => n.html).join(' ')}`)
}

export async function accessible (page) {
  assert.deepEqual(await rulesBroken(page), [], page.url())
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

/**
 * A person at the keyboard, timed by the keystroke-level model: 0.28 s for a key, 1.35 s for a thought. What the
 * program takes is measured beside it, since it depends on what else the machine does.
 */
export function atKeyboard (page) {
  const started = Date.now()
  let [keys, thoughts] = [0, 0]
  return {
    press: async (...pressed) => {
      for (const key of pressed) {
        keys += key.split('+').length
        await page.keyboard.press(key)
      }
    },
    type: async text => { keys += text.length; await page.keyboard.type(text) },
    /** What a scanner types is no key of the person. */
    scan: async text => {
      await page.keyboard.type(text)
      await page.keyboard.press('Enter')
    },
    think: () => { thoughts++ },
    /** The keys, the seconds of the person, and those of the program. */
    took: () => ({ keys, seconds: 0.28 * keys + 1.35 * thoughts, program: (Date.now() - started) / 1000 })
  }
}

/** The page has no patient in its address, and what has the focus is seen and not covered. */
export async function wellBehaved (page) {
  assert.doesNotMatch(page.url(), /Example|Specimen|1EG4TE5MK73|1958/i)
  const focus = await page.evaluate(() => {
    const box = document.activeElement.getBoundingClientRect()
    const at = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 12))
    return { name: document.activeElement.tagName, isSeen: !at || document.activeElement.contains(at) ||
      at.contains(document.activeElement) || box.width === 0 }
  })
  assert.ok(focus.isSeen, `the focus (${focus.name}) is covered`)
}

/** Waits until the focus is on what a selector names: from then on, keys do what they should. */
export const focused = (page, selector) =>
  page.waitForFunction(name => document.activeElement?.matches(name), selector)

/** The field that has the focus. */
export const focusedId = page => page.evaluate(() => document.activeElement.id)

/** A day, so many days from today, as the form has it: the sample's vials and orders are dated from today. */
export function day (days = 0) {
  const at = new Date()
  at.setDate(at.getDate() + days)
  return at.toLocaleDateString('sv')
}

/** What a download brought. */
export async function saved (download) {
  const parts = []
  for await (const part of await download.createReadStream()) parts.push(part)
  return Buffer.concat(parts)
}

/** A day as people write it. */
export const shownDay = iso => iso.replace(/(\d+)-(\d+)-(\d+)/, '$2/$3/$1')

/** When the sample's B12 vials expire, as the code on their label says it. */
export function expiry () {
  const now = new Date()
  return new Date(now.getFullYear() + 1, now.getMonth() + 1, 0).toLocaleDateString('sv').replaceAll('-', '').slice(2)
}
