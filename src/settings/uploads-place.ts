import { fileURLToPath } from 'node:url';
import { readable } from './setting-types';

/** A folder that every process that needs uploads can reach by this path. */
export interface UploadsFolder {
  kind: 'folder';
  /** Absolute. */
  path: string;
}

/** A part of a bucket of S3-compatible object storage. */
export interface UploadsBucket {
  kind: 'bucket';
  bucket: string;
  /** What the names of all objects begin with: empty, or ending with a slash. */
  prefix: string;
}

/** Amazon's rule for names of buckets, and the wider one of old buckets and of other makers. */
const BUCKET = /^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$/i;
/** The characters that no server and no tool has trouble with. */
const PREFIX = /^[a-z0-9!_.*'()/-]*$/i;

/** `file:///<folder>` or `s3://<bucket>/<prefix>`. */
export const uploadsPlace = readable(
  'must be file:///<path of a folder> or s3://<bucket>/<prefix>, with nothing else in it',
  (text): UploadsFolder | UploadsBucket | undefined => {
    const url = URL.parse(text);
    if (!url || `${url.username}${url.password}${url.port}${url.search}${url.hash}` !== '') return undefined;
    if (url.protocol === 'file:') return folder(url);
    return /^s3:\/\//i.test(text) ? bucket(text.slice('s3://'.length)) : undefined;
  },
);

function folder(url: URL): UploadsFolder | undefined {
  if (url.host !== '' || url.pathname === '/') return undefined;
  try {
    return { kind: 'folder', path: fileURLToPath(url) };
  } catch {
    return undefined;
  }
}

function bucket(text: string): UploadsBucket | undefined {
  const [name = '', ...parts] = text.replace(/\/+$/, '').split('/');
  const sound = parts.every((part) => part !== '' && part !== '.' && part !== '..' && PREFIX.test(part));
  if (!BUCKET.test(name) || !sound) return undefined;
  return { kind: 'bucket', bucket: name, prefix: parts.map((part) => `${part}/`).join('') };
}
