import { Logger } from '@nestjs/common';
import type { Request } from 'express';
import type { StorageEngine } from 'multer';
import { Policy } from '../../core/policy';
import { Telemetry } from '../../core/telemetry';
import { UploadStore } from '../../core/upload-store';
import { ReceivedFile } from './received-file';
import { tellRefusal } from './refusal';

type Handled = Parameters<StorageEngine['_handleFile']>[2];

/** Streams what multer receives straight into the upload store; nothing is held in memory. */
export class UploadStorageEngine implements StorageEngine {
  private readonly logger = new Logger(UploadStorageEngine.name);

  constructor(
    private readonly uploads: UploadStore,
    private readonly policy: Policy,
    private readonly telemetry: Telemetry,
  ) {}

  _handleFile(_request: Request, file: Express.Multer.File, done: Handled): void {
    this.uploads.save(file.stream, this.policy.media.maxBytes).then(
      (upload) => done(null, { upload } as Partial<Express.Multer.File>),
      (error: unknown) => {
        tellRefusal(this.telemetry, error);
        done(error);
      },
    );
  }

  /** multer calls this when the request goes wrong after the file has arrived. */
  _removeFile(_request: Request, file: Express.Multer.File, done: (error: Error | null) => void): void {
    const { upload } = file as Partial<ReceivedFile>;
    if (!upload) return done(null);
    this.uploads.remove(upload.id).then(
      () => done(null),
      (error: unknown) => {
        // The janitor finds it later.
        this.logger.warn({ err: error, uploadId: upload.id, msg: 'A refused upload could not be removed' });
        done(null);
      },
    );
  }
}
