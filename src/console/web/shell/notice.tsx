import { Icon } from '../parts/icon';
import { useParts } from '../system/use-parts';
import { say } from '../words/words';
import { hrefOf } from './router';

/** One line above every page while something of hark needs a look. */
export function Notice() {
  const { parts: known = {}, lost } = useParts();
  if (lost)
    return (
      <p class="notice bad" role="alert">
        <Icon name="alert" />
        <span>{say('problem.noAnswer')}</span>
      </p>
    );
  const parts = Object.values(known);
  const broken = parts.filter(({ state }) => state === 'broken');
  const doubtful = parts.filter(({ state }) => state === 'warning');
  const [first] = [...broken, ...doubtful];
  if (!first) return null;
  return (
    <p class={`notice ${broken.length > 0 ? 'bad' : 'warn'}`}>
      <Icon name="alert" />
      <span>{first.detail}</span>
      <a href={hrefOf('system')}>{say('app.notice')}</a>
    </p>
  );
}
