import type { Model } from '../api/types';
import { bytes } from '../words/forms';
import { say } from '../words/words';

/** Those in use and on this machine first. */
export function Models({ models }: { models: readonly Model[] }) {
  const weight = ({ inUse, downloaded, receivedBytes }: Model): number =>
    Number(inUse) * 4 + Number(downloaded) * 2 + Number(receivedBytes !== undefined);
  const sorted = models.toSorted((a, b) => weight(b) - weight(a));
  return (
    <section class="card stack" aria-labelledby="models-title">
      <h2 id="models-title">{say('system.models')}</h2>
      <p class="hint">{say('system.modelsHint')}</p>
      <div class="table-box models" tabIndex={0} role="region" aria-labelledby="models-title">
        <table>
          <thead>
            <tr>
              <th scope="col">{say('system.model')}</th>
              <th scope="col" class="number">
                {say('system.size')}
              </th>
              <th scope="col">{say('system.state')}</th>
            </tr>
          </thead>
          <tbody>
            {sorted.map((model) => (
              <tr key={model.name}>
                <th scope="row">
                  {model.name} {model.inUse && <span class="badge good">{say('system.inUse')}</span>}
                  {model.remark && <span class="hint">{model.remark}</span>}
                </th>
                <td class="number">{model.bytes === undefined ? '' : bytes(model.bytes)}</td>
                <td>
                  <State model={model} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function State({ model: { name, downloaded, bytes: size, receivedBytes } }: { model: Model }) {
  if (downloaded) return <>{say('system.downloaded')}</>;
  if (receivedBytes === undefined || size === undefined)
    return <span class="muted">{say('system.missing')}</span>;
  return (
    <>
      <progress max={size} value={receivedBytes} aria-label={name} />
      <span class="hint">{say('system.downloading', { got: bytes(receivedBytes), all: bytes(size) })}</span>
    </>
  );
}
