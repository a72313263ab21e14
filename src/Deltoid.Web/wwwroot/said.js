// What scripts say, in the language of the page: the page has the texts beside the English ones.
const said = JSON.parse(document.body.dataset.said ?? '{}')
/** A text in the language of the page, with values in the places {0}, {1} … */
export const T = (english, ...values) =>
  (said[english] ?? english).replace(/\{(\d)\}/g, (_, at) => values[at])
