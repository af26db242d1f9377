const tokens = /<(?:[@#!][^>\s]+|https?:\/\/[^>\s]+)>/g;
const links = /https?:\/\/[^\s<>]+/g;

/**
 * What a user typed, as Slack's events carry it: `&`, `<` and `>` escaped, addresses put between `<` and `>`.
 * Mentions are given in Slack's own form (`<@U…>`, `<#C…>`, `<!channel>`) and stay.
 */
export function typedText(typed: string): string {
  let text = '';
  let from = 0;
  for (const token of typed.matchAll(tokens)) {
    text += plain(typed.slice(from, token.index)) + token[0].replace(/&(?!amp;)/g, '&amp;');
    from = token.index + token[0].length;
  }
  return text + plain(typed.slice(from));
}

function plain(typed: string): string {
  let text = '';
  let from = 0;
  for (const link of typed.matchAll(links)) {
    text += `${escaped(typed.slice(from, link.index))}<${escaped(link[0])}>`;
    from = link.index + link[0].length;
  }
  return text + escaped(typed.slice(from));
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
