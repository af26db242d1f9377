import { ApiClient } from '../support/api-client';
import { FuzzInput } from './fuzz-input';

/** Uploads a file and waits for its job. As `byReader`; `read` is a job that is done. */
export async function byHttp(api: ApiClient, { bytes, from }: FuzzInput): Promise<string> {
  const { status, body, text } = await api.upload<{ id: string; code?: string }>({
    name: from,
    content: bytes,
  });
  if (status === 202) {
    const { status: end, error } = await api.ended(body.id);
    if (end === 'done') return 'read';
    return error?.code.startsWith('media_') ? error.code : `broke: job ${end} ${error?.code}`;
  }
  const refused = status >= 400 && status < 500 && body?.code?.startsWith('media_');
  return refused ? body.code! : `broke: ${status} ${text.slice(0, 200)}`;
}
