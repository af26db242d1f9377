/** What the tools of Amazon and of most other makers of object storage read, beside hark's own name for it. */
const PLACES: Record<string, readonly string[]> = {
  S3_ENDPOINT: ['AWS_ENDPOINT_URL_S3', 'AWS_ENDPOINT_URL'],
  S3_REGION: ['AWS_REGION', 'AWS_DEFAULT_REGION'],
};
const CREDENTIALS = {
  S3_ACCESS_KEY_ID: 'AWS_ACCESS_KEY_ID',
  S3_SECRET_ACCESS_KEY: 'AWS_SECRET_ACCESS_KEY',
  S3_SESSION_TOKEN: 'AWS_SESSION_TOKEN',
};

/**
 * The variables with what is set under a standard name only, where uploads go to object storage. Credentials are taken
 * together or not at all: a key of one account never meets the secret of another. With a profile they are left alone,
 * because the client then looks for them itself.
 */
export function withStandardNames(variables: Record<string, string>): Record<string, string> {
  if (!/^s3:/i.test(variables.UPLOADS_URL ?? '')) return variables;
  const taken: Record<string, string> = {};
  for (const [name, others] of Object.entries(PLACES)) {
    const value = others.map((other) => variables[other]).find((found) => found !== undefined);
    if (value !== undefined) taken[name] = value;
  }
  const own = Object.keys(CREDENTIALS).some((name) => variables[name] !== undefined);
  if (!own && variables.AWS_PROFILE === undefined) {
    for (const [name, other] of Object.entries(CREDENTIALS)) {
      if (variables[other] !== undefined) taken[name] = variables[other];
    }
  }
  return { ...taken, ...variables };
}
