import { CallHandler, ExecutionContext, HttpException, Injectable, NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { Observable, catchError, concatMap, from, map, of, throwError } from 'rxjs';
import { AuditEvent, AuditOutcome } from '../core/audit-log';
import { AuditService } from '../core/audit.service';
import { HarkError } from '../core/errors';
import { Audited } from './access.decorators';
import { auditOf, idOf } from './call-audit';
import { callerOf } from './caller';

const REFUSALS: readonly string[] = ['forbidden', 'unauthorized'];

/** Writes down what came of a call that says it is to be written down: before the answer leaves. */
@Injectable()
export class AuditInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly audit: AuditService,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http' || this.reflector.get(Audited, context.getHandler()) === undefined)
      return next.handle();
    const request = context.switchToHttp().getRequest<Request>();
    // Whoever signs in is known only afterwards.
    const call = (): Omit<AuditEvent, 'outcome'> => auditOf(this.reflector, context, callerOf(request));
    const record = (outcome: AuditOutcome, more: Partial<AuditEvent>): Observable<void> =>
      from(this.audit.record({ ...call(), ...more, outcome }));
    return next.handle().pipe(
      // A stream of events has many values: the first one shows that it was opened.
      concatMap((value: unknown, index) => {
        const target = call().target ?? idOf(value);
        return index > 0 ? of(value) : record('done', { target }).pipe(map(() => value));
      }),
      catchError((error: unknown) => {
        // What libraries throw at a request that they cannot read has no code here.
        const code = error instanceof HttpException ? undefined : HarkError.from(error).code;
        const outcome = REFUSALS.includes(code ?? '') ? 'refused' : 'failed';
        return record(outcome, { code }).pipe(concatMap(() => throwError(() => error)));
      }),
    );
  }
}
