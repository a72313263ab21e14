// The day of service is a day of the calendar: wherever the browser, the server and the practice are, and whatever
// their clocks say, the day that is typed is the day that is kept and shown.
import assert from 'node:assert/strict'
import { choose, open } from './browser.mjs'

const zones = process.env.ZONES.split(' ')
const days = process.env.DAYS.split(' ')
const moments = ['T23:59:30', 'T00:00:30']
const { browser, close } = await open()
let state // one sign-in for all
for (const [i, zone] of zones.entries()) {
  const context = await browser.newContext({ baseURL: process.env.DELTOID_URL, timezoneId: zone, storageState: state })
  const page = await context.newPage()
  // the clock of the device, at the edge of a day
  await page.clock.setSystemTime(new Date(days[i % days.length] + moments[i % 2]))
  await page.goto('/chart')
  if (page.url().includes('/sign-in')) {
    await page.locator('#name').fill('omar')
    await page.locator('#password').fill(process.env.DELTOID_PASSWORD)
    await Promise.all([page.waitForURL(url => !url.pathname.includes('sign-in')), page.keyboard.press('Enter')])
    state = await context.storageState()
    await page.goto('/chart')
  }
  const day = days[i % days.length]
  await page.locator('#Day').fill(day)
  await choose(page, '#who', 'exam')
  await choose(page, '#Drug-0', 'b12')
  assert.equal(await page.locator('#Day').inputValue(), day, zone)
  await page.getByLabel('left deltoid', { exact: true }).first().check()
  await page.keyboard.press('Control+Enter')
  await page.waitForURL(/\/chart\?(saved|claim)=/)
  const claim = /=(\d+)/.exec(page.url())[1]
  await page.goto(`/claims/${claim}`)
  const shown = day.replace(/(\d+)-(\d+)-(\d+)/, '$2/$3/$1')
  assert.ok((await page.content()).includes(shown), `${zone}: ${shown} is not on the page`)
  await page.goto(`/claims/${claim}/x12`)
  assert.ok((await page.locator('main').innerText()).includes(day.replaceAll('-', '')), `${zone}: ${day}`)
  await context.close()
}
await close()
