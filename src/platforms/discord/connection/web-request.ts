import { RESTOptions } from 'discord.js';

/**
 * Requests by Node's own `fetch`. The client's default goes by undici's process-wide dispatcher, which another version
 * of undici may have replaced by one that does not take the client's forms: files could not be sent.
 */
export const webRequest: RESTOptions['makeRequest'] = (url, { dispatcher: _, ...init }) =>
  fetch(url, init as RequestInit);
