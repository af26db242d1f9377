import { Readable } from 'node:stream';
import { MediaInput } from './media';

export interface StoredUpload {
  id: string;
  bytes: number;
  /** Of the whole file, in hex. */
  sha256: string;
  /** The first bytes, at most 4,100, for telling the format. */
  head: Uint8Array;
  /** All of them, where they are few. */
  whole?: Buffer;
}

/** Both ends are in it, from 0. */
export interface ByteRange {
  start: number;
  end: number;
}

/** Files given to hark, until their job has ended, or for as long as their audio is kept. */
export abstract class UploadStore {
  /**
   * @throws HarkError `media_too_large` beyond `maxBytes` (nothing is left behind), `storage_full`
   */
  abstract save(stream: Readable, maxBytes: number): Promise<StoredUpload>;
  /**
   * @param range that part alone; it lies within the file
   * @throws HarkError `media_gone`
   */
  abstract open(id: string, range?: ByteRange): Promise<MediaInput>;
  /** Does nothing when it is not there. */
  abstract remove(id: string): Promise<void>;
  /**
   * Removes what was saved before `time` and is in nobody's use. The number of those.
   *
   * @param inUse is asked for each, also for what was left half saved
   */
  abstract removeOrphans(time: Date, inUse: (id: string) => Promise<boolean>): Promise<number>;
}
