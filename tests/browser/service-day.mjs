// The day of service is the day on which it was given, wherever server and device think they are: a shot that is typed
// on a device without a network gets the device's own day, and keeps it when it is sent. CLOCK is a file that sets the
// clock of the server; DEVICES are time zones; the moments lie a minute before and after midnight.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { open, signIn } from './browser.mjs'

const [servers, devices] = [process.env.SERVERS, process.env.DEVICES].map(zones => zones.split(' '))
const moments = process.env.MOMENTS.split(' ')
const dayIn = (zone, at) => new Date(at).toLocaleDateString('sv', { timeZone: zone })
const set = (zone, at) => writeFileSync(process.env.CLOCK, `${zone} ${at}`)

set(servers[0], moments[0])
const { browser, context, page, close } = await open()
await signIn(page, 'omar')
const storageState = await context.storageState()
let charted = 0
for (const device of devices) {
  const own = await browser.newContext({ baseURL: process.env.DELTOID_URL, timezoneId: device, storageState })
  const form = await own.newPage()
  for (const at of moments) {
    await form.clock.setFixedTime(at)
    for (const server of servers) {
      set(server, at)
      await form.goto('/chart')
      assert.equal(await form.locator('[name=Day]').inputValue(), dayIn(server, at), `${server}, ${at}`)
      await form.goto('/chart/blank')
      await form.locator('#shot[data-ready]').waitFor()
      const day = await form.locator('[name=Day]').inputValue()
      assert.equal(day, dayIn(device, at), `${device}, ${at}`)
      // as what has waited on the device is sent
      const [status, answer] = await form.evaluate(async day => {
        const body = new FormData(document.getElementById('shot'))
        for (const [name, value] of Object.entries({ Patient: '1', Who: 'Example, Pat · 04/09/1958',
          Waited: 'true', Role: 'ma',
          'Shots[0].Drug': 'cyanocobalamin', 'Shots[0].Dose': '1000 mcg', 'Shots[0].Route': 'im',
          'Shots[0].Site': 'left deltoid', 'Shots[0].Diagnosis': 'D51.0', 'Shots[0].Indication': `given on ${day}` })) {
          body.set(name, value)
        }
        const answer = await fetch('/chart', { method: 'POST', body, headers: { Accept: 'application/json' } })
        return [answer.status, await answer.text()]
      }, day)
      assert.equal(status, 200, answer)
      charted++
    }
  }
  await own.close()
}
await close()
console.log(`${charted} shots around midnight in ${servers.length} × ${devices.length} time zones`)
