import { Injectable } from '@nestjs/common';
import { MulterModuleOptions, MulterOptionsFactory } from '@nestjs/platform-express';
import { Policy } from '../../core/policy';
import { Telemetry } from '../../core/telemetry';
import { UploadStore } from '../../core/upload-store';
import { UploadStorageEngine } from './upload-storage.engine';

/** One file and a few small fields; the file's own size is bounded where it is stored. */
const LIMITS = { files: 1, fields: 8, parts: 9, fieldSize: 8 * 1024, fieldNameSize: 100 };

/** How multipart bodies are read. */
@Injectable()
export class MultipartOptions implements MulterOptionsFactory {
  constructor(
    private readonly uploads: UploadStore,
    private readonly policy: Policy,
    private readonly telemetry: Telemetry,
  ) {}

  createMulterOptions(): MulterModuleOptions {
    const storage = new UploadStorageEngine(this.uploads, this.policy, this.telemetry);
    // Browsers and curl send file names in UTF-8 without saying so.
    return { storage, limits: LIMITS, defParamCharset: 'utf8' };
  }
}
