import { DriverException } from '@mikro-orm/sql';
import { HarkError } from '../core/errors';
import { isBusy, storageError } from './storage-error.mapper';

const coded = (code: string): Error => Object.assign(new Error('said the database'), { code });

describe('a failure of the database', () => {
  it.each(['SQLITE_FULL', '53100'])('%s is a full disk', (code) => {
    expect(storageError(coded(code))).toMatchObject({ code: 'storage_full', retryable: true });
  });

  it.each([
    ...['SQLITE_IOERR', 'SQLITE_CORRUPT', 'ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'EPIPE'],
    // Lost, shut down, starting, full of connections, out of memory, too slow, refused, not there, read-only.
    ...['08006', '57P01', '57P03', '53300', '53200', '57014', '28P01', '3D000', '25006', '42501', '25P03'],
  ])('%s is an outage that passes', (code) => {
    const error = storageError(coded(code));
    expect(error).toMatchObject({ code: 'service_unavailable', retryable: true, cause: { code } });
  });

  it.each([
    'Connection terminated unexpectedly',
    'Connection terminated due to connection timeout',
    'timeout exceeded when trying to connect',
    'Query read timeout',
    'Client has encountered a connection error and is not queryable',
    'Client was closed and is not queryable',
  ])('"%s" is one, too', (message) => {
    expect(storageError(new Error(message))).toMatchObject({ code: 'service_unavailable', retryable: true });
    expect(storageError(new DriverException(new Error(message)))).toBeInstanceOf(HarkError);
  });

  it.each(['22P05', '23505', '42P01', '42601'])('%s is a mistake, which no waiting mends', (code) => {
    const mistake = new DriverException(coded(code));
    expect(storageError(mistake)).toBe(mistake);
  });

  it('leaves what is none of the database as it is', () => {
    for (const error of [new TypeError('x'), new HarkError('job_not_found', 'No such job.')]) {
      expect(storageError(error)).toBe(error);
    }
  });

  it.each(['40P01', '40001', '55P03', 'SQLITE_BUSY', 'SQLITE_BUSY_SNAPSHOT'])('%s passes at once', (code) => {
    expect(isBusy(coded(code))).toBe(true);
    expect(isBusy(coded('57P01'))).toBe(false);
  });
});
