/**
 * The roles that a claim lists. Some issuers nest them (`realm_access.roles`, `resource_access.<client>.roles`), some
 * have dots in the names themselves (`https://example.org/roles`): of each object the longest name that fits is taken.
 * A text counts as a list parted by spaces, as in `scope`.
 */
export function rolesAt(claims: unknown, path: string): string[] {
  const found = valueAt(claims, path);
  if (typeof found === 'string') return found.split(/\s+/).filter((role) => role !== '');
  return Array.isArray(found) ? found.filter((role) => typeof role === 'string') : [];
}

function valueAt(within: unknown, path: string): unknown {
  if (typeof within !== 'object' || within === null || Array.isArray(within)) return undefined;
  if (Object.hasOwn(within, path)) return (within as Record<string, unknown>)[path];
  for (let dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
    const name = path.slice(0, dot);
    if (!Object.hasOwn(within, name)) continue;
    const value = valueAt((within as Record<string, unknown>)[name], path.slice(dot + 1));
    if (value !== undefined) return value;
  }
  return undefined;
}
