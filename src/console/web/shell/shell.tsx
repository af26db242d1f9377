import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Announcer } from '../parts/announcer';
import { Icon } from '../parts/icon';
import { Logo } from '../parts/logo';
import { useSession } from '../session/session';
import { say } from '../words/words';
import { Notice } from './notice';
import { Preferences } from './preferences';
import { hrefOf, pagesFor, useRoute } from './router';

interface ShellProps {
  signOut: () => void;
  children: ComponentChildren;
}

/** What stands around every page. */
export function Shell({ signOut, children }: ShellProps) {
  const { page } = useRoute();
  const { role, name } = useSession();
  const main = useRef<HTMLElement>(null);
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a phone the pages stand in one line that can be wider than the screen.
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [page]);

  return (
    <div class="shell">
      <button type="button" class="skip" onClick={() => main.current?.focus()}>
        {say('app.skip')}
      </button>
      <header class="side">
        <Logo />
        <nav ref={nav} aria-label={say('app.menu')}>
          <ul>
            {pagesFor(role).map((each) => (
              <li key={each}>
                <a href={hrefOf(each)} aria-current={each === page ? 'page' : undefined}>
                  <Icon name={each} />
                  <span>{say(`page.${each}`)}</span>
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <div class="side-foot">
          <a href="docs" class="quiet">
            <Icon name="book" />
            <span>{say('app.docs')}</span>
          </a>
          <Preferences />
          <p class="who">
            <span>{name ?? say(`app.role.${role}`)}</span>
            <button type="button" class="icon-button" onClick={signOut} title={say('app.signOut')}>
              <Icon name="out" />
              <span class="unseen">{say('app.signOut')}</span>
            </button>
          </p>
        </div>
      </header>
      <main ref={main} tabIndex={-1} id="content">
        <Notice />
        {children}
      </main>
      <Announcer />
    </div>
  );
}
