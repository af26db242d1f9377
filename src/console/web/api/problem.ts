/** What went wrong with a call: the API's problem document (RFC 9457), or no answer at all. */
export class Problem extends Error {
  constructor(
    /** 0 when nothing answered. */
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }

  static async of(response: Response): Promise<Problem> {
    const said = (await response.json().catch(() => ({}))) as {
      code?: string;
      detail?: string;
      title?: string;
      errors?: { field: string; message: string }[];
    };
    const fields = said.errors?.map(({ message }) => message).join('; ');
    const message = fields ?? said.detail ?? said.title ?? `${response.status} ${response.statusText}`;
    return new Problem(response.status, said.code ?? `http_${response.status}`, message);
  }

  static from(error: unknown): Problem {
    if (error instanceof Problem) return error;
    return new Problem(0, 'no_answer', error instanceof Error ? error.message : String(error));
  }
}
