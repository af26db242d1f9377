import 'reflect-metadata';
import { RequestMethod, Type } from '@nestjs/common';
import { METHOD_METADATA, MODULE_PATH, PATH_METADATA } from '@nestjs/common/constants';
import { ModulesContainer, Reflector } from '@nestjs/core';
import { NestExpressApplication } from '@nestjs/platform-express';
import { Audited, NeedsRole, Public } from '../../src/access/access.decorators';
import { AuditAction } from '../../src/core/audit-log';

/** A route of the running application. */
export interface AppRoute {
  /** As `GET /api/v1/jobs/:id`. */
  call: string;
  method: string;
  path: string;
  /** What its controller declares; undefined when it declares nothing, or has none. */
  needs?: 'nobody' | 'viewer' | 'admin';
  action?: AuditAction;
}

interface Layer {
  name: string;
  route?: { path: string; methods: Record<string, boolean> };
}

/** Nest registers its middleware on every method and path. */
const EVERYTHING = '{/*splat}';

/** All that the HTTP server answers to, as its router has it: what controllers declare, and what others registered. */
export function routesOf(app: NestExpressApplication): AppRoute[] {
  const declared = new Map(controllerRoutes(app).map((route) => [route.call, route]));
  return layersOf(app).flatMap(({ route }) => {
    if (!route || route.path === EVERYTHING) return [];
    return Object.keys(route.methods).map((name) => {
      const method = name.toUpperCase();
      const call = `${method} ${route.path}`;
      return declared.get(call) ?? { call, method, path: route.path };
    });
  });
}

/** Names of what stands before and behind the routes and may answer, too. */
export function middlewareOf(app: NestExpressApplication): string[] {
  return layersOf(app).flatMap(({ route, name }) => (route ? [] : [name]));
}

function layersOf(app: NestExpressApplication): Layer[] {
  return (app.getHttpAdapter().getInstance() as { router: { stack: Layer[] } }).router.stack;
}

function controllerRoutes(app: NestExpressApplication): AppRoute[] {
  const modules = app.get(ModulesContainer);
  return [...modules.values()].flatMap((module) => {
    const prefix = metadata<string>(MODULE_PATH + modules.applicationId, module.metatype) ?? '';
    return [...module.controllers.values()].flatMap(({ metatype }) =>
      routesOfController(prefix, metatype as Type),
    );
  });
}

function routesOfController(prefix: string, controller: Type): AppRoute[] {
  const reflector = new Reflector();
  const prototype = controller.prototype as Record<string, object>;
  return Object.getOwnPropertyNames(prototype).flatMap((name) => {
    const handler = prototype[name] as () => unknown;
    const method = metadata<number>(METHOD_METADATA, handler);
    if (method === undefined) return [];
    const targets = [handler, controller];
    const role = targets
      .map((target) => reflector.get(NeedsRole, target))
      .find((found) => found !== undefined);
    const open = targets.some((target) => reflector.get(Public, target));
    const path = pathOf(prefix, metadata(PATH_METADATA, controller), metadata(PATH_METADATA, handler));
    const verb = RequestMethod[method] ?? '';
    return [
      {
        call: `${verb} ${path}`,
        method: verb,
        path,
        needs: role ?? (open ? 'nobody' : undefined),
        action: reflector.get(Audited, handler),
      },
    ];
  });
}

function pathOf(...parts: (string | undefined)[]): string {
  const names = parts.flatMap((part) => (part ?? '').split('/')).filter((name) => name !== '');
  return `/${names.join('/')}`;
}

function metadata<T>(key: string, target: object): T | undefined {
  return Reflect.getMetadata(key, target) as T | undefined;
}
