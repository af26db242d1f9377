import { UploadStore } from '../../src/core/upload-store';
import { ApiClient } from './api-client';
import { RunningService } from './service-in-process';

/** Sends an upload that breaks off while it is being stored; resolves once the store is done with it. */
export async function sendHalf(service: RunningService, api: ApiClient): Promise<void> {
  const stop = new AbortController();
  const begun = Promise.withResolvers<void>();
  const uploads = service.app.get(UploadStore, { strict: false });
  const save = uploads.save.bind(uploads);
  const settled = Promise.withResolvers<void>();
  jest.spyOn(uploads, 'save').mockImplementationOnce((stream, maxBytes) => {
    stream.once('data', () => begun.resolve());
    const saving = save(stream, maxBytes);
    saving.then(
      () => settled.resolve(),
      () => settled.resolve(),
    );
    return saving;
  });
  const head = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.ogg"\r\n\r\nOggS';
  const endless = new ReadableStream({
    start: (sink) => sink.enqueue(Buffer.from(head.padEnd(200_000, 'x'))),
  });
  const sending = api.post('/transcriptions', {
    headers: { 'Content-Type': 'multipart/form-data; boundary=x' },
    body: endless,
    duplex: 'half',
    signal: stop.signal,
  });
  await begun.promise;
  stop.abort();
  await expect(sending).rejects.toThrow();
  await settled.promise;
}
