import { isIP } from 'node:net';
import { isAbsolute } from 'node:path';
import { readable } from './setting-types';

/** Where people put recordings for everybody. */
export const USUAL_SITES: readonly string[] = [
  'youtube.com',
  'youtu.be',
  'vimeo.com',
  'soundcloud.com',
  'dailymotion.com',
  'twitch.tv',
  'tiktok.com',
  'twitter.com',
  'x.com',
  'instagram.com',
  'facebook.com',
  'reddit.com',
  'bandcamp.com',
  'mixcloud.com',
];

/** `off`, `on`, or the absolute path of a program: a relative one would be another in every folder. */
export const switchOrProgram = readable('must be off, on or the absolute path of yt-dlp', (text) => {
  const word = text.toLowerCase();
  return word === 'on' || word === 'off' ? word : isAbsolute(text) ? text : undefined;
});

/** A host name, for itself and all names below it; in lower case. */
export function siteName(text: string): string | undefined {
  const host = text.toLowerCase();
  return isIP(host) !== 0 ||
    /^([a-z0-9_]([a-z0-9_-]*[a-z0-9])?\.)+[a-z0-9-]*[a-z][a-z0-9-]*$|^localhost$/.test(host)
    ? host
    : undefined;
}
