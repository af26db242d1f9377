/** Where the REST API lives. Fixed: programs rely on it. */
export const API_PREFIX = 'api/v1';
