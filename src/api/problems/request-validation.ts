import { ValidationError, ValidationPipe } from '@nestjs/common';
import { InvalidField, InvalidFieldsError } from './invalid-fields.error';

/** Checks every body and query against its class; unknown fields are mistakes, too. */
export function requestValidation(): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    stopAtFirstError: true,
    exceptionFactory: (errors) => new InvalidFieldsError(errors.flatMap((error) => invalidFields(error))),
  });
}

function invalidFields(error: ValidationError, path: string[] = []): InvalidField[] {
  const here = [...path, error.property];
  const field = here.join('.');
  const own = Object.entries(error.constraints ?? {}).map(([rule, message]) => ({
    field,
    message: rule === 'whitelistValidation' ? `there is no field "${shortened(field)}"` : message,
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => invalidFields(child, here))];
}

/** Names come from outside and end in a sentence for people. */
function shortened(name: string): string {
  return name.length > 40 ? `${name.slice(0, 40).toWellFormed()}…` : name;
}
