import type { NextFunction, Request, RequestHandler, Response } from 'express';
import helmet, { type HelmetOptions } from 'helmet';

/** Nothing from anywhere else, no inline script, no frame around it. What is spoken into the page is a blob. */
const POLICY = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  mediaSrc: ["'self'", 'blob:'],
  fontSrc: ["'self'"],
  connectSrc: ["'self'"],
  manifestSrc: ["'self'"],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
};

/** Whether there is TLS before hark, and for which hosts, only the proxy that ends it knows. */
const OPTIONS: HelmetOptions = {
  contentSecurityPolicy: { useDefaults: false, directives: POLICY },
  strictTransportSecurity: false,
  xFrameOptions: { action: 'deny' },
};

/** Headers that tell browsers what a page of hark's may do: as little as it needs. */
export function pageHeaders(): RequestHandler {
  return helmet(OPTIONS) as RequestHandler;
}

/** The page of the API's description brings styles in its HTML. */
export function docsHeaders(): RequestHandler {
  const styleSrc = ["'self'", "'unsafe-inline'"];
  return helmet({
    ...OPTIONS,
    contentSecurityPolicy: { useDefaults: false, directives: { ...POLICY, styleSrc } },
  }) as RequestHandler;
}

/** What people said belongs in no cache. */
export function neverStored(_request: Request, response: Response, next: NextFunction): void {
  response.setHeader('Cache-Control', 'no-store');
  next();
}
