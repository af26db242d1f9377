import { STOCK_MODELS } from './stock-models';

describe('model files', () => {
  it('have one checksum and size each', () => {
    expect(STOCK_MODELS).toHaveLength(33);
    expect(new Set(STOCK_MODELS.map(({ name }) => name)).size).toBe(33);
    expect(new Set(STOCK_MODELS.map(({ sha256 }) => sha256)).size).toBe(33);
    for (const { sha256, bytes } of STOCK_MODELS) {
      expect(sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(bytes).toBeGreaterThan(30_000_000);
    }
  });
});
