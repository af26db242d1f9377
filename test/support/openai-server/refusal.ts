/** What the service says no to, in OpenAI's own shape of an error. */
export class ServiceRefusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly details: { code?: string; param?: string; type?: string } = {},
  ) {
    super(message);
  }

  get body(): string {
    const { code = null, param = null, type = 'invalid_request_error' } = this.details;
    return JSON.stringify({ error: { message: this.message, type, param, code } });
  }
}
