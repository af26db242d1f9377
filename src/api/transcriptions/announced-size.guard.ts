import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { HarkError } from '../../core/errors';
import { Policy } from '../../core/policy';
import { Telemetry } from '../../core/telemetry';
import { tellRefusal } from './refusal';

/** Room for the other fields and the boundaries of a multipart body. */
const ENVELOPE_BYTES = 128 * 1024;

/** Refuses a body that is too large by its own account, before any of it is read. */
@Injectable()
export class AnnouncedSizeGuard implements CanActivate {
  constructor(
    private readonly policy: Policy,
    private readonly telemetry: Telemetry,
  ) {}

  /** @throws HarkError `media_too_large` */
  canActivate(context: ExecutionContext): boolean {
    const { maxBytes } = this.policy.media;
    const announced = Number(context.switchToHttp().getRequest<Request>().headers['content-length'] ?? 0);
    if (announced <= maxBytes + ENVELOPE_BYTES) return true;
    const limit = Math.floor(maxBytes / 1024 / 1024);
    const sentence = `The file is larger than the ${limit} MiB that can be read.`;
    const error = new HarkError('media_too_large', sentence, { params: { limit } });
    tellRefusal(this.telemetry, error);
    throw error;
  }
}
