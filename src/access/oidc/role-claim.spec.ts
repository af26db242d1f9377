import { rolesAt } from './role-claim';

describe('rolesAt', () => {
  const keycloak = {
    realm_access: { roles: ['offline_access', 'hark-admin'] },
    resource_access: { hark: { roles: ['a'] }, 'hark.example.org': { roles: ['b'] } },
    'https://example.org/roles': ['c'],
    'a.b': { c: ['d'] },
    a: { 'b.c': ['e'], b: { d: ['f'] } },
    scope: 'openid  hark-viewer',
    groups: ['/hark', 7, null, { name: 'x' }],
    count: 3,
  };

  it.each([
    ['realm_access.roles', ['offline_access', 'hark-admin']],
    ['resource_access.hark.roles', ['a']],
    ['resource_access.hark.example.org.roles', ['b']],
    ['https://example.org/roles', ['c']],
    ['a.b.c', ['d']],
    ['a.b.d', ['f']],
    ['scope', ['openid', 'hark-viewer']],
    ['groups', ['/hark']],
    ['count', []],
    ['nothing', []],
    ['realm_access', []],
    ['realm_access.roles.0', []],
    ['realm_access.roles.length', []],
    ['constructor.name', []],
    ['__proto__.x', []],
    ['.', []],
    ['', []],
  ])('reads %s', (path, roles) => expect(rolesAt(keycloak, path)).toEqual(roles));

  it.each([undefined, null, 'text', 7, []])('finds nothing in %j', (claims) => {
    expect(rolesAt(claims, 'roles')).toEqual([]);
  });
});
