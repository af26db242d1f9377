import { useState } from 'preact/hooks';
import { Icon, IconName } from '../parts/icon';
import { chooseLanguage, language, LANGUAGES, say } from '../words/words';
import { applyTheme, chosenTheme, nextTheme, Theme } from './theme';

const ICONS: Record<Theme, IconName> = { system: 'screen', light: 'sun', dark: 'moon' };

/** Colours and language of the page, kept in this browser. */
export function Preferences() {
  const [theme, setTheme] = useState(chosenTheme());
  const turn = (): void => {
    const next = nextTheme(theme);
    applyTheme(next);
    setTheme(next);
  };
  const label = say('app.theme', { theme: say(`theme.${theme}`) });
  return (
    <div class="preferences">
      <button type="button" class="icon-button" onClick={turn} title={label}>
        <Icon name={ICONS[theme]} />
        <span class="unseen">{label}</span>
      </button>
      <label>
        <span class="unseen">{say('app.language')}</span>
        <select value={language} onChange={(event) => chooseLanguage(event.currentTarget.value)}>
          {LANGUAGES.map((each) => (
            <option key={each} value={each}>
              {each.toUpperCase()}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
