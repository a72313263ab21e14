// Every screen that links lead to, for each role, and the states that no link leads to. No rule of accessibility is
// broken, Tab reaches every control and shows it, nothing is cut off, nothing moves where motion is not wanted.
// DELTOID_LONG=1: each screen in three sizes and three themes; without it each takes its turn with one of the nine.
// DELTOID_SCREENS=FOLDER: pictures of the screens.
import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { open, rulesBroken, signIn, signOut } from './browser.mjs'
import { small } from './picture.mjs'

const isLong = process.env.DELTOID_LONG === '1'
const pictures = process.env.DELTOID_SCREENS
const only = process.env.DELTOID_ONLY // a part of an address, for who works on one screen
const SIZES = [[1280, 720], [768, 1024], [390, 844]]
const THEMES = ['light', 'dark', 'forced']
const VARIANTS = SIZES.flatMap(size => THEMES.map(theme => ({ size, theme })))
const MOST_TABS = isLong ? 400 : 30
const faults = []
const seen = new Set()
const drawn = new Set()
let looked = 0

const { page, close } = await open({ expected: /status of (401|403|404|422)/ })
if (pictures) mkdirSync(pictures, { recursive: true })

const show = async ({ size: [width, height], theme }) => {
  await page.setViewportSize({ width, height })
  await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: theme === 'dark' ? 'dark' : 'light',
    forcedColors: theme === 'forced' ? 'active' : 'none' })
}

/** What a screen is, whichever claim or patient it shows: numbers are one, of a query only its names count. */
const kindOf = address => {
  const url = new URL(address, process.env.DELTOID_URL)
  return url.pathname.replace(/\d+/g, 'n').replace(/^\/help\/.+/, '/help/name') +
    [...url.searchParams.keys()].sort().map(name => '?' + name).join('')
}

async function picture (name) {
  if (!pictures) return
  await page.evaluate(() => document.activeElement?.blur())
  writeFileSync(join(pictures, name + '.png'), small(await page.screenshot()))
}

/** Where a page is wider than its window; grids may scroll in a box of their own. */
const wide = () => page.evaluate(() => {
  if (document.scrollingElement.scrollWidth <= innerWidth + 1) return []
  return [...document.querySelectorAll('main *, header *')]
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.scroll'))
    .slice(0, 3).map(e => e.outerHTML.slice(0, 90))
})

/** With the spacing that readers may set (WCAG 1.4.12) no text is cut. */
const cut = () => page.evaluate(() => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important } p { margin-bottom: 2em !important }`)
  document.adoptedStyleSheets = [sheet]
  const found = [...document.querySelectorAll('main *, header *')].filter(e => {
    const style = getComputedStyle(e)
    return /hidden|clip/.test(style.overflowX + style.overflowY) && style.clipPath === 'none' &&
      e.matches(':not(input, svg, svg *)') &&
      (e.scrollWidth > e.clientWidth + 2 || e.scrollHeight > e.clientHeight + 2) && e.checkVisibility()
  }).map(e => e.outerHTML.slice(0, 90))
  document.adoptedStyleSheets = []
  return found
})

/** Goes through the page with Tab: every control comes, seen, with a mark of two pixels or more. */
async function tabs () {
  const wanted = await page.evaluate(() => {
    const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
      .filter(e => e.checkVisibility({ visibilityProperty: true }) && !e.disabled && e.type !== 'hidden' &&
        e.tabIndex >= 0 && e.type !== 'radio' && !e.closest('[inert], dialog:not([open])'))
    window.wanted = new Set(all)
    document.body.tabIndex = -1
    document.body.focus()
    document.body.removeAttribute('tabindex')
    scrollTo(0, 0)
    return all.length
  })
  let isThrough = false
  const most = wanted < MOST_TABS ? wanted + 40 : MOST_TABS // a date alone takes four
  for (let i = 0; i < most; i++) {
    await page.keyboard.press('Tab')
    const fault = await page.evaluate(() => {
      const e = document.activeElement
      if (e === document.body || !e) return 'end'
      window.wanted.delete(e)
      const inside = e.closest('.scroll')?.getBoundingClientRect() ?? new DOMRect(0, 0, innerWidth, innerHeight)
      const box = e.getClientRects()[0] ?? e.getBoundingClientRect() // a link may go over two lines
      const marked = [e, e.closest('label')].some(m => {
        const style = m && getComputedStyle(m)
        return style && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
      })
      const name = e.outerHTML.slice(0, 90)
      if (!marked) return 'no mark of the focus: ' + name
      const middle = (from, to, least, most) => (Math.max(from, least) + Math.min(to, most)) / 2
      const x = middle(box.left, box.right, Math.max(0, inside.left), Math.min(innerWidth, inside.right))
      const head = Math.max(box.top, 0) // a long table begins above the window
      const y = middle(head, Math.min(box.bottom, head + 24), 0, innerHeight)
      const top = document.elementFromPoint(x, y)
      if (!top) return 'the focus is outside of the window: ' + name
      const isSeen = top.contains(e) || e.contains(top) || e.closest('label')?.contains(top)
      return isSeen ? '' : 'the focus is covered: ' + name
    })
    isThrough = fault === 'end'
    if (isThrough) break
    if (fault) return [fault]
  }
  const left = await page.evaluate(() => [...window.wanted].filter(e => e.isConnected).slice(0, 3)
    .map(e => e.outerHTML.slice(0, 90)))
  return isThrough || wanted < MOST_TABS ? left.map(name => 'Tab does not reach ' + name) : []
}

/** Looks at the page as it stands. */
async function look (name) {
  const variants = isLong ? VARIANTS : [VARIANTS[looked % VARIANTS.length]]
  looked++
  const note = (what, found) => { for (const each of found) faults.push(`${name}: ${what}: ${each}`) }
  for (const variant of variants) {
    await show(variant)
    const at = `${variant.size.join('×')} ${variant.theme}`
    note(at, await rulesBroken(page))
    note(at + ', wider than the window', await wide())
    if (isLong ? variant.theme === 'light' : looked % 3 === 0) note(at, await tabs())
  }
  note('with more space between letters', await cut())
  note('moves', await page.evaluate(() => document.getAnimations().map(a => a.animationName ?? 'a transition')))
  await page.setViewportSize({ width: 320, height: 640 })
  note('320 pixels, wider than the window', await wide())
}

async function visit (address, name = kindOf(address)) {
  seen.add(kindOf(address))
  await show(VARIANTS[0])
  const answer = await page.goto(address).catch(error => {
    if (!error.message.includes('Download is starting')) throw error // a file is no screen
  })
  if (!(answer?.headers()['content-type'] ?? '').startsWith('text/html')) return
  if (only && !address.includes(only)) return
  const file = kindOf(address).slice(1).replaceAll('/', '-')
  if (pictures && !drawn.has(file) && !file.includes('?') && answer.status() === 200 &&
      !answer.request().redirectedFrom()) {
    drawn.add(file)
    await page.waitForLoadState('networkidle')
    await picture(file)
  }
  await look(name)
}

const links = () => page.evaluate(() => [...document.querySelectorAll('a[href]')]
  .filter(a => a.origin === location.origin && !a.download && !a.target).map(a => a.pathname + a.search))

/** From the first screen of a person along every link. */
async function crawl (person) {
  const queue = [new URL(page.url()).pathname]
  while (queue.length > 0) {
    const address = queue.shift()
    if (seen.has(kindOf(address)) && address !== '/') continue
    await visit(address, `${person} ${address}`)
    queue.push(...(await links()).filter(a => !seen.has(kindOf(a))))
  }
}

// the sample is whole before anybody looks at it
await signIn(page, 'omar')
for (let i = 0; i < 120 && await page.locator('.filling').count() > 0; i++) {
  await page.waitForTimeout(1000)
  await page.reload()
}
await crawl('omar')
await page.goto('/compliance')
await page.locator('#name').fill('Shots of the last months')
await page.locator('#size').fill('4')
await Promise.all([page.waitForNavigation(), page.locator('#new button.main').click()])
await look('an audit that nobody has begun')
await picture('compliance-audits-n')
await Promise.all([page.waitForNavigation(), page.locator('a.button.main').click()])
await look('a claim beside its chart')
await picture('compliance-claims-n')
await page.locator('[data-verdict]').first().selectOption('Over')
await Promise.all([page.waitForNavigation(), page.locator('button.main').click()])
await look('a word without its reason')
await Promise.all([page.waitForNavigation(), page.locator('[name=all]').click()])
await visit('/worklist?life=Rejected', 'nothing in a list')
await visit('/no-such-page', 'a wrong address')
await visit('/claims/999999', 'a claim that is not here')
await page.goto('/remittances/paper')
await show(VARIANTS[0])
await page.locator('#claims').fill('C000001\nC000002')
await Promise.all([page.waitForNavigation(), page.locator('[value=lines]').click()])
await picture('remittances-paper-lines')
await look('a payment on paper with its lines')
await page.goto('/files')
await page.locator('#files').setInputFiles(
  { name: 'shopping.835', mimeType: 'text/plain', buffer: Buffer.from('milk') })
await Promise.all([page.waitForNavigation(), page.keyboard.press('Control+Enter')])
await look('a file that cannot be read')
await signOut(page)

for (const [person, ...addresses] of [['bea', '/worklist', '/settings'], ['mia', '/chart', '/stock', '/worklist']]) {
  await signIn(page, person)
  for (const address of addresses) await visit(address, `${person} ${address}`)
  await signOut(page)
}
await crawl('nobody')
await visit('/lookup?q=zzzz', 'nothing is called so')
await page.goto('/sign-in')
await page.locator('#name').fill('bea')
await page.locator('#password').fill('wrong')
await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')])
await look('a wrong password')

if (pictures) {
  for (const [person, address, size, theme, name] of [
    ['bea', '/worklist', [1280, 720], 'dark', 'worklist-dark'],
    ['bea', '/worklist?life=Held', [1280, 720], 'light', 'claims-n'], // the first of them: with its problem
    ['bea', '/worklist', [390, 844], 'light', 'worklist-phone'],
    ['mia', '/chart', [390, 844], 'light', 'chart-phone']]) {
    await page.context().clearCookies()
    await signIn(page, person)
    await show({ size, theme })
    await page.goto(address)
    if (name === 'claims-n') await page.locator('#claims tbody a').first().click()
    await page.waitForLoadState('networkidle')
    await picture(name)
  }
}
await close()
console.log(`${looked} screens and states, ${isLong ? VARIANTS.length : 1} of 9 variants each`)
assert.deepEqual(faults, [])
assert.ok(only || looked >= 30, `${looked} screens`)
