// A phone scans with its camera: Chromium films the code of a vial, made here by a library that is not the reader.
// The code goes the way of a scanner's, on the chart and on the stock; the reader is fetched with the first press only.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import bwip from 'bwip-js'
import { accessible, choose, expiry, focusedId, open, signIn } from './browser.mjs'

const [WIDTH, HEIGHT, DOT] = [640, 480, 8]

/** A film of one second that shows the GS1 DataMatrix of a text, dark gray on light gray: Y4M, 4:2:0. */
function film (text) {
  const [{ pixs, pixx, pixy }] = bwip.raw({ bcid: 'gs1datamatrix', text })
  const light = Buffer.alloc(WIDTH * HEIGHT, 200)
  const [left, top] = [(WIDTH - pixx * DOT) / 2, (HEIGHT - pixy * DOT) / 2]
  for (let y = 0; y < pixy * DOT; y++) {
    for (let x = 0; x < pixx * DOT; x++) {
      const isDark = pixs[Math.floor(y / DOT) * pixx + Math.floor(x / DOT)] === 1
      if (isDark) light[(top + y) * WIDTH + left + x] = 50
    }
  }
  const frame = Buffer.concat([Buffer.from('FRAME\n'), light, Buffer.alloc(WIDTH * HEIGHT / 2, 128)])
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`),
    ...Array(10).fill(frame)])
}

const file = join(process.env.DELTOID_FILMS, 'vial.y4m')
writeFileSync(file, film(`(01)00305170031251(17)${expiry()}(10)XYZ2025`))
const { page, context, close } = await open({ args: ['--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${file}`] })
await context.grantPermissions(['camera'])
const fetched = []
page.on('request', request => fetched.push(new URL(request.url()).pathname))
const isReader = path => /barcode|zxing|scan-worker/.test(path)
await signIn(page, 'mia')
await choose(page, '#who', 'exam')
assert.deepEqual(fetched.filter(isReader), [])

// the chart: the vial, and from it the drug; the focus is on the first thing that a scan cannot know
await page.locator('[data-camera="Drug-0"]').focus()
await page.keyboard.press('Enter')
await page.locator('#camera[open]').waitFor()
await accessible(page)
await page.waitForFunction(() => document.activeElement.id === 'Site-0-0')
assert.equal(await page.locator('#Drug-0').inputValue(), 'cyanocobalamin')
assert.match(await page.locator('.vials label:has(:checked)').innerText(), /XYZ2025/)
assert.ok(fetched.some(path => path.endsWith('.wasm')), fetched.filter(isReader).join())
assert.equal(await page.locator('#camera').isVisible(), false)
assert.ok(await page.locator('#camera video').evaluate(video => video.srcObject === null), 'the camera is still on')

// closed by hand: the focus comes back, nothing is taken
await page.locator('#more').click()
await page.locator('#Drug-1').waitFor()
await page.evaluate(() => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error('denied')) })
await page.locator('[data-camera="Drug-1"]').click()
await page.locator('#camera-state').getByText('The camera cannot be used.').waitFor()
await accessible(page)
await page.keyboard.press('Escape')
await page.waitForFunction(() => document.activeElement.id === 'Drug-1')
assert.equal(await page.locator('#Drug-1').inputValue(), '')

// the stock: the lot opens
await page.goto('/stock')
await page.locator('[data-camera="code"]').click()
await page.waitForURL('**/stock/lots/*')
assert.match(await page.locator('h1').innerText(), /cyanocobalamin, lot XYZ2025/)
assert.equal(await focusedId(page), '')
await close()
