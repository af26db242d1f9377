import { RESTOptions } from 'discord.js';

/**
 * Requests by Node's own `fetch`. The client's default goes by undici's process-wide dispatcher, which another version
 * of undici may have replaced by one that does not take the client's forms: files could not be sent.
 */
const webRequest: RESTOptions['makeRequest'] = (url, { dispatcher: _, ...init }) =>
  fetch(url, init as RequestInit);

/** Requests that, unless they only look, wait until it is certain that this process may act. */
export function confirmedRequest(confirm: () => Promise<void>): RESTOptions['makeRequest'] {
  return async (url, init) => {
    if (init.method !== 'GET') await confirm();
    return webRequest(url, init);
  };
}
