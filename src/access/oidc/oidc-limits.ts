import { Injectable } from '@nestjs/common';

/** How patient hark is with an issuer, and how long it believes what it said. In milliseconds but for the sizes. */
@Injectable()
export class OidcLimits {
  /** For each answer of the issuer. */
  readonly answerMs: number = 5_000;
  /** After the issuer failed to answer it is not asked again for so long; who comes meanwhile is told at once. */
  readonly pauseMs: number = 5_000;
  /** Its keys are fetched anew after this time. */
  readonly keysMs: number = 10 * 60_000;
  /** A key that is not among them makes hark look for new ones, but no more often than this. */
  readonly newKeysMs: number = 30_000;
  /** Clocks of two machines are never quite the same. */
  readonly skewSeconds: number = 30;
  /** Bytes of an answer. The keys of the largest issuers are a tenth of it. */
  readonly answerBytes: number = 256 * 1024;
  /** Characters of a token; the server takes no more than 16 KiB of headers. */
  readonly tokenLength: number = 12 * 1024;
}
