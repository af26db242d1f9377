import { Dispatcher } from 'undici';

const MAX_NAME = 200;

/** One header; the first where there are several. */
export function header({ headers }: Dispatcher.ResponseData, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** What the file is called, by its `Content-Disposition` (RFC 6266) or by its path. For showing, nothing else. */
export function nameOf(response: Dispatcher.ResponseData, url: URL): string | undefined {
  const disposition = header(response, 'content-disposition') ?? '';
  const extended = /filename\*\s*=\s*utf-8''([^;]+)/i.exec(disposition)?.[1];
  const plain = /filename\s*=\s*(?:"([^"]*)"|([^;\s]+))/i.exec(disposition);
  const name = extended ? decoded(extended) : (plain?.[1] ?? plain?.[2] ?? decoded(lastPart(url)));
  // eslint-disable-next-line no-control-regex
  const shown = name.replace(/[\u0000-\u001f\u007f/\\]/g, '').trim();
  return shown === '' ? undefined : shown.slice(0, MAX_NAME);
}

function lastPart(url: URL): string {
  return url.pathname.split('/').at(-1) ?? '';
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
