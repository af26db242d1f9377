import { join } from 'node:path';
import { HealthRegistry } from '../../core/health.registry';
import { UploadStore } from '../../core/upload-store';
import { Settings } from '../../settings/settings';
import { Bucket } from './bucket';
import { FreshUploadStore } from './fresh-upload.store';
import { LocalUploadStore } from './local-upload.store';
import { S3UploadStore } from './s3-upload.store';
import { SharedFolder } from './shared-folder';
import { UploadsHealthCheck } from './uploads-health.check';

/** As `storeOf`; where uploads are read by the process that saves them, short ones are handed on from memory. */
export async function openUploads(settings: Settings, health: HealthRegistry): Promise<UploadStore> {
  const store = await storeOf(settings, health);
  const { roles } = settings;
  return roles.has('api') && roles.has('worker') ? new FreshUploadStore(store) : store;
}

/** The store that the settings want. One that processes share says how it is; whether it answers is not asked yet. */
async function storeOf(settings: Settings, health: HealthRegistry): Promise<UploadStore> {
  const { uploads, scratchDir } = settings;
  if (uploads === undefined) return new LocalUploadStore(join(scratchDir, 'uploads'));
  if (uploads.kind === 'folder') {
    health.add(new UploadsHealthCheck(new SharedFolder(uploads.path)));
    return new LocalUploadStore(uploads.path, { mayCreate: false });
  }
  const bucket = await Bucket.open(uploads);
  health.add(new UploadsHealthCheck(bucket));
  return new S3UploadStore(bucket);
}
