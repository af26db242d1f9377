import { Injectable, PipeTransform } from '@nestjs/common';
import { HarkError } from '../../core/errors';

const ID = /^[\w-]{1,64}$/;

/** What cannot be a job's id need not be looked for. @throws HarkError `job_not_found` */
@Injectable()
export class JobIdPipe implements PipeTransform<string, string> {
  transform(id: string): string {
    if (!ID.test(id)) throw new HarkError('job_not_found', 'There is no such job.');
    return id;
  }
}
