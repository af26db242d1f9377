import { buffer } from 'node:stream/consumers';
import { ChatRig, errorOf } from './platform-under-test';

/** How a platform hands out what was recorded. */
export function describeOpeningMedia(rig: ChatRig): void {
  const { signal } = rig;

  describe('opening media', () => {
    it('gives the bytes, also after the address has expired', async () => {
      const open = async (): Promise<Buffer> =>
        buffer((await rig.platform.openMedia(rig.note.source, signal)).stream);
      expect((await open()).equals(rig.note.bytes)).toBe(true);
      rig.bench.expireAddresses();
      expect((await open()).equals(rig.note.bytes)).toBe(true);
    });

    it('says so when the message is gone', async () => {
      rig.bench.removeNote(rig.note);
      const error = await errorOf(rig.platform.openMedia(rig.note.source, signal));
      expect(error).toMatchObject({ name: 'HarkError', code: 'message_gone', retryable: false });
    });
  });
}
