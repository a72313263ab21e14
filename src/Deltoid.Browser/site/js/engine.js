// What pages ask the engine. It starts with the first question, or before, and stays; answers come in the order of
// the questions.
let worker
let last = 0
let isReady
/** Once it has answered for the first time: until then nothing else should need the processor. */
export const ready = new Promise(resolve => { isReady = resolve })
const waiting = new Map()

function begin () {
  if (worker) return
  worker = new Worker(new URL('worker.js', import.meta.url), { type: 'module' })
  worker.addEventListener('message', ({ data }) => {
    const { resolve, reject } = waiting.get(data.id)
    waiting.delete(data.id)
    isReady()
    if (data.fault) reject(new Error(data.fault))
    else resolve(data)
  })
  worker.addEventListener('error', event => {
    for (const { reject } of waiting.values()) reject(new Error(event.message ?? 'the engine did not start'))
    waiting.clear()
    worker = undefined
    isReady()
  })
}

/** Whether it was begun. */
export const isBegun = () => worker !== undefined

/** The text that the command line would write, and the milliseconds that the engine took. */
export function run (command, asked) {
  begin()
  const id = ++last
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject })
    worker.postMessage({ id, command, asked })
  })
}

/** Starts it before anything is asked, with a question of the page's kind: the first that is typed comes quickly. */
export const warmUp = (command, asked) => run(command, asked).catch(() => {})

/** As above, with an example as the input. */
export async function warmUpWith (command, name) {
  begin()
  const example = await fetch(new URL('../examples/' + name, import.meta.url))
  return warmUp(command, { text: await example.text(), file: name })
}

/** The answer as an object. */
export const ask = async (command, asked) => JSON.parse((await run(command, asked)).text)

/** Only the last of several answers is wanted: an earlier one comes back as null. */
export function latest () {
  let newest = 0
  return async (command, asked) => {
    const own = ++newest
    const answer = await ask(command, asked)
    return own === newest ? answer : null
  }
}
