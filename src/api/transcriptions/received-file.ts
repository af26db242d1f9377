import { StoredUpload } from '../../core/upload-store';

/** A file that came with a request and is in the upload store by now. */
export interface ReceivedFile {
  originalname: string;
  mimetype: string;
  upload: StoredUpload;
  /** It belongs to a job now, whatever becomes of the call. */
  taken?: boolean;
}
