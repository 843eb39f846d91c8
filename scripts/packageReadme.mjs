/** The README without pictures of, and links to, files that are not in a package and lie in no public place. */
export function withoutLocalLinks(text) {
  const isLocal = (target) => !/^https?:/.test(target);
  return text
    .replace(/^ *!\[[^\]]*\]\(([^)]*)\)\n\n?/gm, (picture, target) => (isLocal(target) ? '' : picture))
    .replace(/(?<!!)\[([^\]]*)\]\(([^)]*)\)/g, (link, words, target) => (isLocal(target) ? words : link));
}
