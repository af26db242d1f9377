import { HarkError } from '../../core/errors';
import { storageFull } from '../storage-error.mapper';
import { uploadsDown } from './upload-errors';
import { Trouble } from './upload-place';

/** What servers of several makers say when there is no room, beside status 507. */
const FULL = ['QuotaExceeded', 'XMinioStorageFull', 'XMinioAdminBucketQuotaExceeded', 'InsufficientStorage'];

/** A failure of object storage as one of the family: an outage is nobody's fault and passes. */
export function bucketError(cause: unknown): HarkError {
  const full = statusOf(cause) === 507 || FULL.includes(nameOf(cause));
  return full ? storageFull(cause) : uploadsDown(cause);
}

/** Whether the object, and not the bucket, is not there. */
export function isMissing(error: unknown): boolean {
  return nameOf(error) === 'NoSuchKey' || (statusOf(error) === 404 && nameOf(error) !== 'NoSuchBucket');
}

/** Whether the server does not know such a request, or the account may not make it. */
export function isRefused(error: unknown): boolean {
  return [400, 403, 404, 405, 501].includes(statusOf(error));
}

/** For the admin: what is wrong with a bucket, and how to mend it. */
export function troubleOf(error: unknown): Trouble {
  const name = nameOf(error);
  if (name === 'NoSuchBucket' || statusOf(error) === 404) {
    return { detail: 'does not exist', remedy: 'Create it, or correct UPLOADS_URL.' };
  }
  if (name.startsWith('Credentials') || name === 'TokenProviderError') {
    return { detail: 'needs credentials', remedy: 'Set S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY.' };
  }
  if (statusOf(error) === 403 || statusOf(error) === 401) {
    return {
      detail: `refuses hark (${name})`,
      remedy: 'Check the S3_ credentials, and that they may list the bucket, and get, put and delete in it.',
    };
  }
  if (statusOf(error) === 301 || /region is missing/i.test(String(error))) {
    return {
      detail: 'is in a region that hark does not know',
      remedy: 'Set S3_REGION to the region of the bucket.',
    };
  }
  return {
    detail: `does not answer (${name})`,
    remedy: 'Check S3_ENDPOINT, S3_REGION and the network between; the log has the cause of failed uploads.',
  };
}

/** Network errors have a code and an empty name, answers of the server a name. */
function nameOf(error: unknown): string {
  const { name, code } = Object(error) as { name?: string; code?: string };
  return (name === 'Error' ? code : name) ?? 'Error';
}

function statusOf(error: unknown): number {
  return (Object(error) as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode ?? 0;
}
