// Elements made of names, attributes and texts; a text is never read as HTML.
export function el (name, about, ...inside) {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(about ?? {})) {
    if (value === true) element.setAttribute(key, '')
    else if (value !== undefined && value !== null && value !== false) element.setAttribute(key, value)
  }
  element.append(...inside.flat(Infinity).filter(one => one !== undefined && one !== null && one !== false))
  return element
}

/** Where the site begins, whichever page this is. */
export const root = new URL('..', import.meta.url)

export const to = path => new URL(path, root).href

export const lookupOf = what => to('lookup.html') + '#' + encodeURIComponent(what)

/** The page of a kind of finding, else what the engine says of it. */
let names
export async function pageOf (name, id) {
  names ??= fetch(to('rules.json')).then(answer => answer.ok ? answer.json() : {}).catch(() => ({}))
  const page = (await names)[name] ?? (await names)[id]
  return page ? to(page) : lookupOf(id)
}
