import { ArgumentsHost, Catch, ExceptionFilter } from '@nestjs/common';
import type { Request } from 'express';
import { OpenAiErrorFilter } from './openai/openai-error.filter';
import { ProblemFilter } from './problems/problem.filter';

/** Where OpenAI's programs ask, also for what hark does not have. */
const OPENAI = /^\/v1(\/|$)/;

/** Errors in the words that the caller knows, also those that come before any route: bodies that cannot be read. */
@Catch()
export class ErrorWordsFilter implements ExceptionFilter {
  private readonly problems = new ProblemFilter();
  private readonly openAi = new OpenAiErrorFilter();

  catch(thrown: unknown, host: ArgumentsHost): void {
    const { path } = host.switchToHttp().getRequest<Request>();
    (OPENAI.test(path) ? this.openAi : this.problems).catch(thrown, host);
  }
}
