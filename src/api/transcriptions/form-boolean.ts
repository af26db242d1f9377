import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsBoolean, IsOptional } from 'class-validator';

/** Forms send words where JSON has booleans. */
const BOOLEANS = new Map<unknown, boolean>([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
  ['', false],
]);

/** On a field that may be missing: true or false, as JSON or a form says it. */
export function FormBoolean(field: string): PropertyDecorator {
  return applyDecorators(
    IsOptional(),
    Transform(({ value }: { value: unknown }) => BOOLEANS.get(value) ?? value),
    IsBoolean({ message: `${field} must be true or false` }),
  );
}
