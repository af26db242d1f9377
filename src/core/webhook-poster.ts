/** What a server answered. */
export interface PostReply {
  status: number;
  /** Its `Retry-After`, within reason. */
  retryAt?: Date;
}

/** Posts to addresses that people have typed, as carefully as links are fetched. */
export abstract class WebhookPoster {
  /**
   * Looks only at the address.
   * @throws HarkError `link_invalid`, `link_refused` or `link_unreachable`
   */
  abstract check(url: string): Promise<void>;
  /**
   * One request; redirects are not followed and nothing of the answer's body is read.
   * @throws HarkError with a `link_…` code, and the abort reason when `signal` fires
   */
  abstract post(
    url: string,
    message: { headers: Record<string, string>; body: string },
    signal: AbortSignal,
  ): Promise<PostReply>;
}
