// Reads codes in pictures. First comes where the reader is, then a picture at a time; each is answered with its text.
let detector = null
const rules = { createScriptURL: address => new URL(address, location).origin === origin ? address : null }
const ours = self.trustedTypes?.createPolicy('deltoid', rules) ?? rules
addEventListener('message', async ({ data: { reader, wasm, formats, picture } }) => {
  if (reader) {
    importScripts(ours.createScriptURL(reader))
    const { BarcodeDetector, prepareZXingModule } = self.BarcodeDetectionAPI
    prepareZXingModule({ overrides: { locateFile: () => wasm } })
    detector = new BarcodeDetector({ formats })
    return postMessage('')
  }
  const found = await detector.detect(picture).catch(() => [])
  picture.close()
  postMessage(found[0]?.rawValue ?? '')
})
