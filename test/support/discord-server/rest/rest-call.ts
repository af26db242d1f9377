import { UploadedFile } from '../state/journal';

/** A request that found its route. */
export interface RestCall {
  /** A placeholder of the route's pattern. */
  param(name: string): string;
  query: URLSearchParams;
  /** Parsed JSON, of a form its `payload_json`. */
  body: unknown;
  files: UploadedFile[];
}

export interface RestAnswer {
  status: number;
  body?: unknown;
}

export interface Route {
  method: string;
  /** `/channels/:channel/messages`; the first placeholder is Discord's major parameter. */
  pattern: string;
  /** Interactions and their webhooks carry their token in the path instead. */
  open?: boolean;
  handle(call: RestCall): RestAnswer;
}

/** Finds the route of a request. */
export class Router {
  readonly #compiled: { route: Route; expression: RegExp; names: string[] }[];

  constructor(routes: Route[]) {
    this.#compiled = routes.map((route) => ({
      route,
      names: [...route.pattern.matchAll(/:(\w+)/g)].map((match) => match[1] ?? ''),
      expression: new RegExp(`^${route.pattern.replaceAll(/:\w+/g, '([^/]+)')}$`),
    }));
  }

  /** `known` tells 405 from 404. */
  find(method: string, path: string): { route?: Route; params: Map<string, string>; known: boolean } {
    let known = false;
    for (const { route, expression, names } of this.#compiled) {
      const match = expression.exec(path);
      if (!match) continue;
      known = true;
      if (route.method !== method) continue;
      const params = new Map(names.map((name, at) => [name, decodeURIComponent(match[at + 1] ?? '')]));
      return { route, params, known };
    }
    return { params: new Map(), known };
  }
}

export function ok(body: unknown): RestAnswer {
  return { status: 200, body };
}

export const noContent: RestAnswer = { status: 204 };
