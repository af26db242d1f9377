import { createParamDecorator, ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { InvalidFieldsError } from '../problems/invalid-fields.error';

export const IDEMPOTENCY_HEADER = 'Idempotency-Key';
/** Visible ASCII without spaces. */
const KEY = /^[\x21-\x7e]{1,255}$/;

/** On a parameter: the request's idempotency key, or undefined. @throws InvalidFieldsError */
export const IdempotencyKey = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const key = context.switchToHttp().getRequest<Request>().header(IDEMPOTENCY_HEADER);
  if (key === undefined || KEY.test(key)) return key;
  const message = `${IDEMPOTENCY_HEADER} must be 1 to 255 visible characters without spaces`;
  throw new InvalidFieldsError([{ field: IDEMPOTENCY_HEADER, message }]);
});
