/** Numbers about this process and what it sees, as Prometheus reads them. */
export abstract class MetricsPage {
  /** Of the text, for the `Content-Type`. */
  abstract readonly contentType: string;
  /** Asks what changes by itself, such as the queue's depth; what does not answer is left out. Never throws. */
  abstract text(): Promise<string>;
}
