/** Vite's: the file's text, in the code. */
declare module '*.css?inline' {
  const css: string
  export default css
}
