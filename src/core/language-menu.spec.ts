import { languagesForMenu } from './language-menu';

describe('languages for a menu', () => {
  it('are as many as there is room for, with those that are needed', () => {
    const menu = languagesForMenu(23, ['yo', undefined, 'auto', 'en', 'xx'], 'de');
    expect(menu).toHaveLength(23);
    expect(menu).toContainEqual({ label: 'Yoruba', value: 'yo' });
    expect(menu.filter(({ value }) => value === 'en')).toHaveLength(1);
    expect(menu.map(({ value }) => value)).not.toContain('auto');
  });
});
