// What may become a part of the page: what this server has answered, as it came. No other text may: the policy of every
// page (Trusted Types) lets the browser refuse one wherever a text would turn into elements or into a script.
const isOurs = address => new URL(address, location.href).origin === location.origin
const WORKERS = ['/worker.js', '/scan-worker.js']
const as = text => text
const make = (name, rules) => globalThis.trustedTypes?.createPolicy(name, rules) ?? rules
const ours = make('deltoid', { createHTML: as, createScriptURL: as })

/**
 * The page, or the part of one, that an answer of this server holds. It takes an answer and no text, since only the
 * browser can say where a text is from.
 */
export async function pageOf (answer) { return parsed(answer.url, answer.headers.get('content-type'), answer.text()) }

/** The same of a request that htmx has sent. */
export const pageOfRequest = xhr => parsed(xhr.responseURL, xhr.getResponseHeader('content-type'), xhr.responseText)

function parsed (from, type, text) {
  if (!from || !isOurs(from) || !type?.startsWith('text/html')) throw new TypeError('no page of this server')
  const parse = text => new DOMParser().parseFromString(ours.createHTML(text), 'text/html')
  return typeof text === 'string' ? parse(text) : text.then(parse)
}

/** The address of a worker: one of the two there are. */
export function workerAt (address) {
  const { origin, pathname } = new URL(address, location.href)
  if (origin !== location.origin || !WORKERS.includes(pathname)) throw new TypeError('no worker of this server')
  return ours.createScriptURL(address)
}

// htmx makes its parts from texts. One passes when it is the answer that came just now from this server, and once.
let coming = null
document.addEventListener('htmx:beforeSwap', ({ detail: { xhr } }) => {
  coming = isOurs(xhr.responseURL) ? xhr.responseText : null
})
make('default', {
  createHTML (text) {
    const isThis = coming !== null &&
      text === `<body><template class="internal-htmx-wrapper">${coming}</template></body>`
    coming = null
    return isThis ? text : null
  }
})
