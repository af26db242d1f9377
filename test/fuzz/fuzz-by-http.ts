import { ApiClient } from '../support/api-client';
import { FuzzInput } from './fuzz-input';

// A kept connection may be closed by the service in the moment of its next use, which is no finding.
const ITS_OWN_CONNECTION = { Connection: 'close' };

/** Uploads a file and waits for its job. As `byReader`; `read` is a job that is done. */
export async function byHttp(api: ApiClient, input: FuzzInput): Promise<string> {
  try {
    return await uploaded(api, input);
  } catch (error) {
    const { message, cause } = error as Error;
    return `broke: no answer, ${message} (${String(cause)})`;
  }
}

async function uploaded(api: ApiClient, { bytes, from }: FuzzInput): Promise<string> {
  const { status, body, text } = await api.upload<{ id: string; code?: string }>(
    { name: from, content: bytes },
    {},
    ITS_OWN_CONNECTION,
  );
  if (status === 202) {
    const { status: end, error } = await api.ended(body.id);
    if (end === 'done') return 'read';
    return error?.code.startsWith('media_') ? error.code : `broke: job ${end} ${error?.code}`;
  }
  const refused = status >= 400 && status < 500 && body?.code?.startsWith('media_');
  return refused ? body.code! : `broke: ${status} ${text.slice(0, 200)}`;
}
