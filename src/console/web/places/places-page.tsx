import { useState } from 'preact/hooks';
import type { Place, PlaceName } from '../api/admin-types';
import { useLoaded } from '../api/use-loaded';
import { Empty } from '../parts/empty';
import { Icon } from '../parts/icon';
import { WhenLoaded } from '../parts/loading';
import { PageHeader } from '../parts/page-header';
import { platformName } from '../words/forms';
import { say } from '../words/words';
import { PlaceForm } from './place-form';
import { PlaceLimits } from './place-limits';
import { PlaceSettingsForm } from './place-settings';

/** What holds for one server, channel or person, and for which something was decided. */
export function PlacesPage() {
  const places = useLoaded<Place[]>('/places');
  const [open, setOpen] = useState<PlaceName>();
  return (
    <div class="stack">
      <PageHeader title={say('page.places')} lead={say('places.lead')} />
      <PlaceForm show={setOpen} />
      {open && <Decisions key={JSON.stringify(open)} place={open} changed={places.reload} />}
      <section class="card stack" aria-labelledby="known-title">
        <h2 id="known-title">{say('places.known')}</h2>
        <WhenLoaded of={places}>
          {(all) =>
            all.length === 0 ? (
              <Empty icon="places" title={say('places.none')} />
            ) : (
              <ul class="place-list">
                {all.map((place) => (
                  <li key={`${place.platform} ${place.kind} ${place.id}`}>
                    <button
                      type="button"
                      onClick={() => setOpen({ platform: place.platform, kind: place.kind, id: place.id })}
                    >
                      <span class="chip">{platformName(place.platform)}</span>
                      <span>{say(`places.${place.kind}`)}</span>
                      <span class="mono">{place.id}</span>
                      {place.limits && <span class="badge calm">{say('places.limits')}</span>}
                      {place.automatic && (
                        <span class="badge busy">
                          <Icon name="check" />
                          {say('places.automatic')}
                        </span>
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

function Decisions({ place, changed }: { place: PlaceName; changed: () => void }) {
  return (
    <div class="grid">
      {place.kind !== 'user' && <PlaceSettingsForm place={place} changed={changed} />}
      <PlaceLimits place={place} changed={changed} />
    </div>
  );
}
