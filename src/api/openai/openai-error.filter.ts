import { Catch } from '@nestjs/common';
import type { Response } from 'express';
import { HarkError } from '../../core/errors';
import { ProblemFilter } from '../problems/problem.filter';
import { ProblemView } from '../problems/problem.view';
import { sendOpenAiError } from './openai-error';

/** Errors in the shape that programs written for OpenAI know, with hark's own codes. */
@Catch()
export class OpenAiErrorFilter extends ProblemFilter {
  protected override send(response: Response, problem: ProblemView, error: HarkError): void {
    sendOpenAiError(response, problem, error);
  }
}
