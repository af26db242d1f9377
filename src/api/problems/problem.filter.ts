import { ArgumentsHost, Catch, ExceptionFilter, Logger } from '@nestjs/common';
import type { Request, Response } from 'express';
import { HarkError } from '../../core/errors';
import { problemOf } from './problem.mapper';
import { ProblemView } from './problem.view';
import { harkErrorOf } from './thrown.mapper';

/** Every error leaves as a problem document; what is our own fault goes to the log with all that is known of it. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<Request & { id?: unknown }>();
    const response = http.getResponse<Response>();
    const error = harkErrorOf(thrown);
    const problem = problemOf(error, new Date());
    const requestId = typeof request.id === 'string' ? request.id : undefined;
    if (problem.status >= 500) {
      this.logger.error({ err: error, requestId, method: request.method, msg: 'A request failed' });
    }
    if (response.headersSent) {
      // Half an answer: the connection ends, which tells the client that it is no whole one.
      response.destroy();
      return;
    }
    if (problem.retryAfter !== undefined) response.setHeader('Retry-After', problem.retryAfter);
    this.send(response, { ...problem, ...(problem.status >= 500 && requestId && { requestId }) }, error);
  }

  /** For programs that expect errors in another shape. */
  protected send(response: Response, problem: ProblemView, _error: HarkError): void {
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  }
}
