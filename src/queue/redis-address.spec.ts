import { eventsChannel, maskRedisUrl } from './redis-address';

describe('maskRedisUrl', () => {
  it.each([
    ['redis://localhost:6379', 'redis://localhost:6379'],
    ['redis://:s3cret@redis:6379/2', 'redis://:***@redis:6379/2'],
    ['rediss://hark:s3%2Fcret@redis.example.org', 'rediss://hark:***@redis.example.org'],
    ['redis://localhost:6379/?password=s3cret', 'redis://localhost:6379'],
    ['s3cret is no address', 'redis://…'],
  ])('%s becomes %s', (url, masked) => {
    expect(maskRedisUrl(url)).toBe(masked);
  });
});

describe('eventsChannel', () => {
  it('tells the numbered databases of one Redis apart', () => {
    expect(eventsChannel('redis://localhost')).toBe('hark:events:0');
    expect(eventsChannel('redis://localhost/3')).toBe('hark:events:3');
  });
});
