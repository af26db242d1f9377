import { CallHandler, ExecutionContext, Injectable, NestInterceptor } from '@nestjs/common';
import type { Request } from 'express';
import { Observable, catchError, from, switchMap, throwError } from 'rxjs';
import { UploadStore } from '../../core/upload-store';
import { ReceivedFile } from './received-file';

/** Takes the file of a refused request out of the store again, whatever the reason. */
@Injectable()
export class RefusedUploadInterceptor implements NestInterceptor {
  constructor(private readonly uploads: UploadStore) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<Request & { file?: Partial<ReceivedFile> }>();
    return next.handle().pipe(
      catchError((error: unknown) => {
        const { upload: { id } = {}, taken = false } = request.file ?? {};
        const removed = id === undefined || taken ? Promise.resolve() : this.uploads.remove(id);
        return from(removed.catch(() => undefined)).pipe(switchMap(() => throwError(() => error)));
      }),
    );
  }
}
