/** Text files are imported as their text; the bundler's `text` loader does it. */
declare module '*.txt' {
  const text: string;
  export default text;
}
