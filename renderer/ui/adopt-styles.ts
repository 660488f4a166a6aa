/**
 * Styles of a part that comes late. They travel in its code: a sheet of its own that did not come
 * because the core was just away would never be asked for again.
 */
export function adoptStyles(css: string): void {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  document.adoptedStyleSheets.push(sheet)
}
