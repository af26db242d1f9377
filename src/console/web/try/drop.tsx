import { useState } from 'preact/hooks';
import { Icon } from '../parts/icon';
import { say } from '../words/words';

/** Takes a file that is dropped on it, or chosen. */
export function Drop({ take }: { take: (file: File) => void }) {
  const [over, setOver] = useState(false);
  const dropped = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer?.files[0];
    if (file) take(file);
  };
  return (
    <label
      class="drop"
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={dropped}
    >
      <Icon name="upload" />
      <strong>{say('try.drop')}</strong>
      <span class="muted">{say('try.choose')}</span>
      <input
        class="unseen"
        type="file"
        accept="audio/*,video/*"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          // The same file can be chosen again.
          event.currentTarget.value = '';
          if (file) take(file);
        }}
      />
    </label>
  );
}
