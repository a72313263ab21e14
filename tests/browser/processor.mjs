// Processor time of a page's main thread, for loading it and for each key: what other programs do on the machine
// changes it little, so two versions can be compared on a busy one. Not a test. DELTOID_URL names a running sample:
//   ./deltoid serve --sample &
//   DELTOID_URL=http://127.0.0.1:5080 node tests/browser/processor.mjs [ROUNDS]
// A laptop that is four times slower answers a key within 100 ms when its longest task takes less than 25 ms here.
import { open, signIn } from './browser.mjs'

process.env.DELTOID_PASSWORD ??= 'try deltoid here'
const rounds = Number(process.argv[2] ?? 3)
const CATEGORIES = ['devtools.timeline', 'toplevel']
const SCREENS = {
  '/worklist': ['bea', ['j', 'j', 'k', 'x']],
  'the first claim': ['bea', ['Tab', 'Tab', '9', 'Tab']],
  '/chart': ['mia', ['e', 'x', 'a', 'ArrowDown']],
  '/lookup': [null, ['t', 'o', 'r', 'ArrowDown']],
  '/files': ['bea', ['Tab', 'Tab']]
}

/** Milliseconds of the page's thread while something is done: its longest task, and all of them. */
async function traced (browser, page, act) {
  await browser.startTracing(page, { categories: CATEGORIES })
  await act()
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString())
  const thread = event => `${event.pid} ${event.tid}`
  const pages = new Set(traceEvents.filter(e => e.name === 'thread_name' && e.args.name === 'CrRendererMain')
    .map(thread))
  const [all, longest] = [{}, {}]
  for (const event of traceEvents) {
    if (event.name !== 'ThreadControllerImpl::RunTask' || !pages.has(thread(event)) || !event.tdur) continue
    all[thread(event)] = (all[thread(event)] ?? 0) + event.tdur / 1000
    longest[thread(event)] = Math.max(longest[thread(event)] ?? 0, event.tdur / 1000)
  }
  const most = Object.keys(all).sort((a, b) => all[b] - all[a])[0] // the page that is shown
  return { all: all[most] ?? 0, longest: longest[most] ?? 0 }
}

const middle = numbers => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)].toFixed(1).padStart(6)
for (const [screen, [person, keys]] of Object.entries(SCREENS)) {
  const noted = new Map()
  const note = (what, { all, longest }) => {
    const one = noted.get(what) ?? { all: [], longest: [] }
    one.all.push(all)
    one.longest.push(longest)
    noted.set(what, one)
  }
  for (let round = 0; round < rounds; round++) {
    const { browser, page } = await open()
    if (person) await signIn(page, person)
    let address = screen
    if (screen === 'the first claim') {
      await page.goto('/worklist')
      address = await page.locator('#claims tbody a').first().getAttribute('href')
    }
    note('load', await traced(browser, page, async () => {
      await page.goto(address)
      await page.waitForLoadState('networkidle')
    }))
    for (const [i, key] of keys.entries()) {
      note(`${i + 1} ${key}`, await traced(browser, page, async () => {
        await page.keyboard.press(key)
        await page.waitForTimeout(600)
      }))
    }
    await browser.close()
  }
  for (const [what, { all, longest }] of noted) {
    console.log(`${screen.padEnd(16)} ${what.padEnd(12)} longest task ${middle(longest)} ms  all ${middle(all)} ms`)
  }
}
