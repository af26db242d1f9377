import { Gesture } from './gesture';
import { SlackResponse } from './slack.response';

/** Does what one kind of command, shortcut, button or menu asks for. */
export abstract class GestureHandler {
  abstract takes(gesture: Gesture): boolean;
  /** @throws HarkError whose sentence the user is told */
  abstract handle(gesture: Gesture, response: SlackResponse): Promise<void>;
}

/** All handlers there are. */
export class GestureHandlers {
  constructor(private readonly handlers: readonly GestureHandler[]) {}

  for(gesture: Gesture): GestureHandler | undefined {
    return this.handlers.find((handler) => handler.takes(gesture));
  }
}
