/** Elements that begin a page, and what may stand before them. After the table of the WHATWG MIME sniffing standard. */
const PAGE =
  /^(?:\uFEFF|\s|<!--[\s\S]*?-->|<\?xml[^>]*>)*<(?:!doctype\s+html|(?:html|head|body|script|title|meta|style|iframe|table|div|h1|br|p|a|b|font)[\s>/])/i;

/** Whether a file begins like a web page: what one gets instead of a file when a login is missing. */
export function looksLikeHtml(head: Uint8Array): boolean {
  const wide = head[0] === 0xff && head[1] === 0xfe;
  return PAGE.test(new TextDecoder(wide ? 'utf-16le' : 'utf-8').decode(head.subarray(0, 2048)));
}
