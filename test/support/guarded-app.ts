import { ArgumentsHost, Catch, ExceptionFilter, Module, Type } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import type { Response } from 'express';
import { AccessModule } from '../../src/access/access.module';
import { OidcLimits } from '../../src/access/oidc/oidc-limits';
import { AuditEntry, AuditLog, AuditPage } from '../../src/core/audit-log';
import { AuditModule } from '../../src/core/audit.module';
import { Clock, SystemClock } from '../../src/core/clock';
import { HarkError } from '../../src/core/errors';
import { SessionStore, StoredSession } from '../../src/core/session-store';
import { TokenRole, TokenStore } from '../../src/core/token-store';
import { loadSettings } from '../../src/settings/load-settings';
import { SettingsModule } from '../../src/settings/settings.module';

/** Keeps hashes as the port says, in memory. */
export class HashesInMemory extends TokenStore {
  readonly hashes = new Map<TokenRole, string>();

  find(role: TokenRole): Promise<string | undefined> {
    return Promise.resolve(this.hashes.get(role));
  }

  remove(role: TokenRole): Promise<void> {
    this.hashes.delete(role);
    return Promise.resolve();
  }

  save(role: TokenRole, hash: string): Promise<boolean> {
    if (this.hashes.has(role)) return Promise.resolve(false);
    this.hashes.set(role, hash);
    return Promise.resolve(true);
  }
}

/** Keeps sessions as the port says, in memory. */
export class SessionsInMemory extends SessionStore {
  readonly sessions = new Map<string, StoredSession>();

  add(session: StoredSession): Promise<void> {
    this.sessions.set(session.id, session);
    return Promise.resolve();
  }

  find(id: string, now: Date): Promise<StoredSession | undefined> {
    const session = this.sessions.get(id);
    return Promise.resolve(session && session.expiresAt > now ? session : undefined);
  }

  remove(id: string): Promise<void> {
    this.sessions.delete(id);
    return Promise.resolve();
  }
}

/** Keeps what is written to it, in order; or fails as a database does. */
export class AuditInMemory extends AuditLog {
  readonly entries: Omit<AuditEntry, 'id'>[] = [];
  down = false;

  add(entry: Omit<AuditEntry, 'id'>): Promise<void> {
    if (this.down) return Promise.reject(new HarkError('service_unavailable', 'The database is down.'));
    this.entries.push(entry);
    return Promise.resolve();
  }

  list(): Promise<AuditPage> {
    return Promise.resolve({ entries: [] });
  }

  eraseBefore(): Promise<number> {
    return Promise.resolve(0);
  }
}

@Catch(HarkError)
class CodeFilter implements ExceptionFilter<HarkError> {
  catch({ code, userMessage: detail, retryAt }: HarkError, host: ArgumentsHost): void {
    const status = { unauthorized: 401, forbidden: 403, service_unavailable: 503 }[code as string] ?? 400;
    host.switchToHttp().getResponse<Response>().status(status).json({ code, detail, retryAt });
  }
}

export interface GuardedParts {
  controllers: Type[];
  tokens?: TokenStore;
  sessions?: SessionStore;
  audit?: AuditLog;
  clock?: Clock;
  oidcLimits?: Partial<OidcLimits>;
}

/** Some controllers behind the real guard, with settings as in the environment. */
export async function guardedApp(
  env: NodeJS.ProcessEnv,
  {
    controllers,
    tokens = new HashesInMemory(),
    sessions = new SessionsInMemory(),
    audit = new AuditInMemory(),
    clock,
    oidcLimits,
  }: GuardedParts,
): Promise<NestExpressApplication> {
  const ports = [
    { provide: TokenStore, useValue: tokens },
    { provide: SessionStore, useValue: sessions },
    { provide: AuditLog, useValue: audit },
    { provide: Clock, useValue: clock ?? new SystemClock() },
  ];
  @Module({ providers: ports, exports: ports })
  class PortsModule {}
  const settings = loadSettings(env, { cwd: '/nowhere', terminal: false });
  const module = await Test.createTestingModule({
    imports: [SettingsModule.of(settings), AccessModule.of(PortsModule, AuditModule.over([PortsModule]))],
    controllers,
    providers: [{ provide: APP_FILTER, useClass: CodeFilter }],
  })
    .overrideProvider(OidcLimits)
    .useValue({ ...new OidcLimits(), ...oidcLimits })
    .compile();
  return module.createNestApplication<NestExpressApplication>().init();
}
