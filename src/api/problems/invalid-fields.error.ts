import { HarkError } from '../../core/errors';

export interface InvalidField {
  field: string;
  message: string;
}

/** A request whose fields are not what they must be; says of each what is wrong with it. */
export class InvalidFieldsError extends HarkError {
  constructor(
    readonly fields: readonly InvalidField[],
    cause?: unknown,
  ) {
    super('field_invalid', `${sentences(fields)}.`, { cause });
  }
}

function sentences(fields: readonly InvalidField[]): string {
  const all = fields.map(({ message }) => message).join('; ');
  return all.charAt(0).toUpperCase() + all.slice(1);
}
