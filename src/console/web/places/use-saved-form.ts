import { useState } from 'preact/hooks';
import { send } from '../api/client';
import { Problem } from '../api/problem';
import { Loaded, useLoaded } from '../api/use-loaded';
import { announce } from '../parts/announcer';
import { say } from '../words/words';

interface SavedForm<T> {
  loaded: Loaded<T>;
  /** Why the last saving did not work. */
  problem?: Problem;
  submit: (event: SubmitEvent & { currentTarget: HTMLFormElement }) => void;
}

/**
 * A form over what the API has at a path, and saves there.
 *
 * @param bodyOf what is sent for what the form holds
 */
export function useSavedForm<T>(
  path: string,
  method: 'PUT' | 'PATCH',
  bodyOf: (form: FormData, saved: T | undefined) => object,
  changed: () => void,
): SavedForm<T> {
  const loaded = useLoaded<T>(path);
  const [problem, setProblem] = useState<Problem>();
  const save = async (form: FormData): Promise<void> => {
    setProblem(undefined);
    try {
      loaded.set(await send<T>(method, path, bodyOf(form, loaded.value)));
      announce(say('places.saved'));
      changed();
    } catch (error) {
      setProblem(Problem.from(error));
    }
  };
  return {
    loaded,
    problem,
    submit: (event) => {
      event.preventDefault();
      void save(new FormData(event.currentTarget));
    },
  };
}
