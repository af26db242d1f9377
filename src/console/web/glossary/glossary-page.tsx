import { useState } from 'preact/hooks';
import type { GlossaryName, GlossaryPlace } from '../api/admin-types';
import { useLoaded } from '../api/use-loaded';
import { Empty } from '../parts/empty';
import { fieldValue } from '../parts/field-value';
import { WhenLoaded } from '../parts/loading';
import { PageHeader } from '../parts/page-header';
import { PlaceIdField, PlatformField } from '../parts/place-fields';
import { platformName } from '../words/forms';
import { say } from '../words/words';
import { GlossaryTerms } from './glossary-terms';

const API: GlossaryName = { platform: 'api', id: 'api' };

/** Names and terms to expect, of one place at a time. */
export function GlossaryPage() {
  const places = useLoaded<GlossaryPlace[]>('/glossaries');
  const [open, setOpen] = useState<GlossaryName>();
  const submit = (event: SubmitEvent & { currentTarget: HTMLFormElement }): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setOpen({ platform: fieldValue(form, 'platform'), id: fieldValue(form, 'id') });
  };
  return (
    <div class="stack">
      <PageHeader title={say('page.glossary')} lead={say('terms.lead')} />
      <form class="card fields" onSubmit={submit}>
        <PlatformField />
        <PlaceIdField />
        <button class="button primary">{say('places.open')}</button>
        <button type="button" class="button" onClick={() => setOpen(API)}>
          {say('terms.apiPlace')}
        </button>
      </form>
      {open && <GlossaryTerms key={JSON.stringify(open)} place={open} changed={places.reload} />}
      <section class="card stack" aria-labelledby="known-title">
        <h2 id="known-title">{say('terms.known')}</h2>
        <WhenLoaded of={places}>
          {(all) =>
            all.length === 0 ? (
              <Empty icon="book" title={say('terms.none')} />
            ) : (
              <ul class="place-list">
                {all.map(({ platform, id, terms, suggestions }) => (
                  <li key={`${platform} ${id}`}>
                    <button type="button" onClick={() => setOpen({ platform, id })}>
                      <span class="chip">{platformName(platform)}</span>
                      <span class="mono">{id}</span>
                      <span class="badge calm">{say('terms.count', { n: terms })}</span>
                      {suggestions > 0 && (
                        <span class="badge busy">{say('terms.waiting', { n: suggestions })}</span>
                      )}
                    </button>
                  </li>
                ))}
              </ul>
            )
          }
        </WhenLoaded>
      </section>
    </div>
  );
}
