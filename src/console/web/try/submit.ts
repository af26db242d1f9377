import { send } from '../api/client';
import type { Job } from '../api/types';

export interface Options {
  /** Empty: hark finds it out. */
  language: string;
  translate: boolean;
}

export function sendFile(file: File, { language, translate }: Options): Promise<Job> {
  const form = new FormData();
  if (language !== '') form.set('language', language);
  form.set('translate', String(translate));
  form.set('file', file, file.name);
  return send<Job>('POST', '/transcriptions', form);
}

export function sendLink(url: string, { language, translate }: Options): Promise<Job> {
  return send<Job>('POST', '/transcriptions', { url, translate, ...(language !== '' && { language }) });
}
