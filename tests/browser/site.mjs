// The site of static files: the engine in the browser answers as the command line does, and without a network.
// DELTOID_URL is the site, DELTOID the command line, DELTOID_EXAMPLES the examples.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { accessible, open } from './browser.mjs'

const isLong = process.env.DELTOID_LONG === '1' // then nothing else runs: what a person waits is held exactly
const [MOST_FIRST, MOST_NEXT] = isLong ? [2000, 20] : [30_000, 300]
const examples = process.env.DELTOID_EXAMPLES
const { page, context, close } = await open()
page.setDefaultTimeout(120_000)
const asked = new Set()
context.on('request', request => asked.add(new URL(request.url()).origin))

/** What the command line writes; its exit code says what it found. */
function commandLine (...args) {
  try {
    return execFileSync(process.env.DELTOID, args, { cwd: examples, maxBuffer: 1 << 26 }).toString()
  } catch (error) {
    return error.stdout.toString()
  }
}

/** The engine asked from the page, as its own scripts ask it. */
const engine = (command, about) => page.evaluate(async ([command, about]) => {
  const { run } = await import('./js/engine.js')
  const begun = performance.now()
  const { text } = await run(command, about)
  return { text, took: performance.now() - begun }
}, [command, about])

async function sameAnswers () {
  const times = []
  for (const file of readdirSync(examples).sort()) {
    const isClaims = file.endsWith('.837')
    if (!isClaims && !file.endsWith('.json')) continue
    const text = readFileSync(join(examples, file), 'utf8')
    for (const command of isClaims ? ['scrub', 'code'] : ['code', 'scrub']) {
      const { text: answer, took } = await engine(command, { text, file })
      assert.equal(answer, commandLine(command, file, '--json'), `${command} ${file}`)
      if (command === 'code' && !isClaims) times.push(took)
    }
  }
  return times.sort((a, b) => a - b)
}

// the first visit
await page.goto('ask.html')
await accessible(page)
const begun = Date.now()
await page.locator('.tabs a').first().click()
await page.locator('.bill li').first().waitFor()
const first = Date.now() - begun
await page.locator('#offline', { hasText: 'without a network' }).waitFor({ timeout: 60_000 })
await context.setOffline(true)

// from here on there is no network
const times = await sameAnswers()
const middle = times[times.length >> 1]
console.log(`first answer ${first} ms, then ${middle.toFixed(1)} ms (longest ${times.at(-1).toFixed(1)} ms)`)
for (const what of ['96372', 'toradol', 'CO-97', '96372+99213', 'DRG0151', 'X120083', 'INJ-072', 'nothing-so']) {
  assert.equal((await engine('explain', { what })).text, commandLine('explain', what, '--json'), what)
  assert.equal((await engine('find', { what })).text, commandLine('codes', 'find', what, '--json'), what)
}
for (const question of ['toradol 60 mg units', 'can I bill 96372 with 99213', 'what is the weather',
  'how do I bill a drug without its administration']) {
  const about = { text: question, date: '2026-03-02' }
  assert.equal((await engine('ask', about)).text, commandLine('ask', question, '--on', about.date, '--json'), question)
}
// the book that came is the one that the library has, byte for byte: it says what its bytes come to
const { said, is } = await page.evaluate(async () => {
  const pack = await (await fetch('./engine/book.packz')).arrayBuffer()
  const is = new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(pack, 64)))
  return { said: [...new Uint8Array(pack, 16, 32)], is: [...is] }
})
assert.deepEqual(is, said)
const NOTES = ['B12 1000mcg IM L delt, SDV, lot XY2025 exp 03/2027. Next one in 4 wks.',
  'Date of service 3/2/2026. Toradol 60 mg IM right gluteal at 10:05, none wasted. Flu shot refused.', 'milk, eggs']
for (const text of NOTES) {
  const file = join(mkdtempSync(join(tmpdir(), 'note-')), 'note.txt')
  writeFileSync(file, text)
  assert.equal((await engine('read-note', { text, file })).text, commandLine('read-note', file, '--json'), text)
  rmSync(dirname(file), { recursive: true })
}
await page.goto('ask.html#example-visit')
await page.locator('.bill li').first().waitFor()
await page.locator('#drug').fill('b12')
await page.locator('#dose').fill('1000 mcg')
await page.locator('.bill', { hasText: 'J3420' }).waitFor()
await accessible(page)

await page.goto('question.html')
await page.locator('#question').fill('toradol 60 mg units')
await page.keyboard.press('Enter')
await page.locator('#answer .card', { hasText: 'J1885' }).first().waitFor()
await accessible(page)

await page.goto('note.html')
await page.locator('.tabs a').first().click()
await page.locator('mark').first().waitFor()
await page.locator('#answer', { hasText: 'What was read' }).waitFor()
await accessible(page)

await page.goto('code.html#b12.json')
await page.locator('.bill', { hasText: '99213' }).waitFor()
await accessible(page)
await page.locator('#text').fill('{ "serviceDate": 5 }')
await page.keyboard.press('Control+Enter')
await page.locator('#answer .note').waitFor()

await page.goto('scrub.html#two-claims.837')
await page.locator('#answer h2').first().waitFor()
await accessible(page)

await page.goto('lookup.html')
await page.locator('#what').pressSequentially('torad')
await page.locator('#found a').first().click()
await page.locator('.sheet').first().waitFor()
await accessible(page)

await page.goto('lookup.html#DRG0151')
await page.locator('.sheet .text', { hasText: '96372 is the act; the drug is another line.' }).waitFor()
await accessible(page)

await page.goto('contents.html')
await page.locator('#search').fill('administration drug beside')
await page.locator('#hits a', { hasText: 'administration-without-drug' }).click()
await page.locator('button[data-case]').first().click()
await page.locator('.trial .findings', { hasText: 'DRG0151' }).waitFor()
await accessible(page)
await page.locator('.trial textarea').first().fill('1  96372  x1')
await page.locator('.trial button').click()

for (const path of ['index.html', 'contents.html', 'docs/start.html', 'docs/encounter.html', 'denials/dn-10.html',
  'cases/w1-b12-shot.html']) {
  await page.goto(path)
  await accessible(page)
}

// nothing went elsewhere
assert.deepEqual([...asked], [new URL(process.env.DELTOID_URL).origin])
assert.ok(first <= MOST_FIRST, `first answer after ${first} ms`)
assert.ok(middle <= MOST_NEXT, `answers take ${middle} ms`)
await close()
