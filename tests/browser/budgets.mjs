// Figures of pages as a slow laptop sees them: processor four times slower, network of a slow 4G line. Not a test:
// they depend on the machine. DELTOID_URL names a running sample:
//   ./deltoid serve --sample &
//   DELTOID_URL=http://127.0.0.1:5080 node tests/browser/budgets.mjs [ROUNDS]
import { open, signIn } from './browser.mjs'

process.env.DELTOID_PASSWORD ??= 'try deltoid here'
const rounds = Number(process.argv[2] ?? 5)
const BUDGETS = { lcp: 1200, inp: 100, cls: 0.02, list: 100 }
const LINE = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8 }

const slow = async (context, page, line = LINE) => {
  const session = await context.newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  await session.send('Network.enable')
  if (line) await session.send('Network.emulateNetworkConditions', line)
  return session
}

/** What the browser itself has noted of the page: the largest paint, shifts, and the slowest answer to a key. */
const watch = page => page.addInitScript(() => {
  window.noted = { lcp: 0, cls: 0, inp: 0 }
  const on = (type, act, more) => new PerformanceObserver(list => list.getEntries().forEach(act))
    .observe({ type, buffered: true, ...more })
  on('largest-contentful-paint', e => { window.noted.lcp = e.startTime })
  on('layout-shift', e => { if (!e.hadRecentInput) window.noted.cls += e.value })
  on('event', e => { if (e.interactionId) window.noted.inp = Math.max(window.noted.inp, e.duration) },
    { durationThreshold: 16 })
})

const middle = all => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)]
const most = all => Math.max(...all)
const row = (name, all, budget, digits = 0) => {
  const [m, w] = [middle(all), most(all)]
  console.log(`${name.padEnd(34)} middle ${m.toFixed(digits).padStart(6)}  most ${w.toFixed(digits).padStart(6)}  ` +
    `${m <= budget ? 'within' : 'OVER'} ${budget}`)
}

const SCREENS = {
  '/sign-in': { person: null, keys: ['b', 'e', 'a', 'Tab'] },
  '/worklist': { person: 'bea', keys: ['j', 'j', 'k', 'x', 'x'] },
  'the first claim': { person: 'bea', keys: ['Tab', 'Tab', '9', 'Tab'] },
  '/files': { person: 'bea', keys: ['Tab', 'Tab'] },
  '/chart': { person: 'mia', keys: ['e', 'x', 'a', 'ArrowDown', 'Escape'] },
  '/stock': { person: 'mia', keys: ['Tab', 'Tab'] },
  '/lookup': { person: null, keys: ['t', 'o', 'r', 'ArrowDown'] },
  '/settings/people': { person: 'omar', keys: ['Tab', 'Tab'] },
  '/trail': { person: 'omar', keys: ['Tab', 'Tab'] }
}

console.log('milliseconds to the largest paint (first visit, then with files kept), to the one after a key; shifts')
for (const [screen, { person, keys }] of Object.entries(SCREENS)) {
  const all = { first: [], again: [], inp: [], cls: [] }
  for (let round = 0; round < rounds; round++) {
    const { browser, context, page } = await open()
    let address = screen
    if (person) await signIn(page, person)
    if (screen === 'the first claim') {
      await page.goto('/worklist')
      address = await page.locator('#claims tbody a').first().getAttribute('href')
    }
    const session = await slow(context, page)
    await session.send('Network.clearBrowserCache')
    await watch(page)
    for (const turn of ['first', 'again']) {
      await page.goto(address)
      await page.waitForLoadState('networkidle')
      all[turn].push(await page.evaluate(() => window.noted.lcp))
    }
    for (const key of keys) {
      await page.keyboard.press(key)
      await page.waitForTimeout(250)
    }
    const noted = await page.evaluate(() => window.noted)
    all.inp.push(noted.inp)
    all.cls.push(noted.cls)
    await browser.close()
  }
  row(`${screen}: LCP, first`, all.first, BUDGETS.lcp)
  row(`${screen}: LCP, again`, all.again, BUDGETS.lcp)
  row(`${screen}: INP`, all.inp, BUDGETS.inp)
  row(`${screen}: CLS`, all.cls, BUDGETS.cls, 4)
}

// from the key to the list that it brings, painted; on the line of an office
const { browser, context, page } = await open()
await page.goto('/lookup')
await slow(context, page, null)
await page.evaluate(() => {
  window.lists = []
  let pressed = 0
  addEventListener('keydown', event => { pressed = event.timeStamp }, { capture: true })
  new MutationObserver(() => requestAnimationFrame(now => {
    if (pressed) window.lists.push(now - pressed)
    pressed = 0
  })).observe(document.getElementById('found'), { childList: true, subtree: true })
})
for (let round = 0; round < rounds; round++) {
  await page.locator('#lookup').fill('')
  await page.waitForTimeout(300)
  await page.locator('#lookup').focus()
  for (const key of 'toradol') {
    await page.keyboard.press(key)
    await page.waitForTimeout(300)
  }
}
row('look up: key to list', await page.evaluate(() => window.lists), BUDGETS.list)
await browser.close()
