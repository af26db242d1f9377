import { loadSettings } from './load-settings';
import { SettingsError } from './settings-error';

const load = (env: NodeJS.ProcessEnv) => loadSettings(env, { cwd: '/nowhere', terminal: false });

function wrongNames(env: NodeJS.ProcessEnv): string[] {
  try {
    load(env);
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.problems.map(({ name }) => name);
    throw error;
  }
}

describe('who may use hark', () => {
  it('is nobody but who has a token, unless told', () => {
    const { oidc, corsOrigins, trustedProxies, auditDays } = load({});
    expect([oidc, corsOrigins, trustedProxies, auditDays]).toEqual([undefined, [], [], 365]);
  });

  it('is set by issuer and audience, roles, origins and proxies', () => {
    const settings = load({
      OIDC_ISSUER: 'http://localhost:8080/realms/x/',
      OIDC_AUDIENCE: 'hark',
      OIDC_ROLES_CLAIM: 'realm_access.roles',
      CORS_ORIGINS: 'https://App.example.org/, http://localhost:5173',
      TRUSTED_PROXIES: '127.0.0.1, fd00::/8',
      AUDIT_DAYS: '0',
    });
    expect(settings).toMatchObject({
      oidc: {
        issuer: 'http://localhost:8080/realms/x/',
        audience: 'hark',
        rolesClaim: 'realm_access.roles',
        adminRole: 'hark-admin',
        viewerRole: 'hark-viewer',
      },
      corsOrigins: ['https://app.example.org', 'http://localhost:5173'],
      trustedProxies: ['127.0.0.1', 'fd00::/8'],
      auditDays: 0,
    });
  });

  it.each([
    ['OIDC_ISSUER', 'http://login.example.org'],
    ['OIDC_ISSUER', 'http://127.0.0.1.example.org'],
    ['OIDC_ISSUER', 'https://me:secret@login.example.org'],
    ['OIDC_ISSUER', 'https://login.example.org/?realm=x'],
    ['OIDC_ISSUER', 'login.example.org'],
    ['CORS_ORIGINS', '*'],
    ['CORS_ORIGINS', 'null'],
    ['CORS_ORIGINS', 'https://app.example.org/page'],
    ['CORS_ORIGINS', 'https://*.example.org'],
    ['TRUSTED_PROXIES', '10.0.0.0/33'],
    ['TRUSTED_PROXIES', '10.0.0.0/'],
    ['TRUSTED_PROXIES', 'proxy.local'],
    ['AUDIT_DAYS', '-1'],
  ])('is not %s=%s', (name, value) => {
    expect(
      wrongNames({ OIDC_AUDIENCE: 'hark', OIDC_ISSUER: 'https://login.example.org', [name]: value }),
    ).toEqual([name]);
  });

  it.each([
    [{ OIDC_ISSUER: 'https://login.example.org' }, 'OIDC_AUDIENCE'],
    [{ OIDC_AUDIENCE: 'hark' }, 'OIDC_ISSUER'],
    [{ OIDC_VIEWER_ROLE: 'hark-admin' }, 'OIDC_VIEWER_ROLE'],
  ])('is not %j alone', (env, name) => {
    expect(wrongNames(env)).toEqual([name]);
  });
});
