import { render } from 'preact';
import { App } from './app';
import { applyTheme, chosenTheme } from './shell/theme';
import './styles/colours.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/shell.css';
import './styles/notes.css';
import './styles/note.css';
import './styles/panels.css';
import { language } from './words/words';

applyTheme(chosenTheme());
document.documentElement.lang = language;
const root = document.getElementById('console');
if (root) render(<App />, root);
