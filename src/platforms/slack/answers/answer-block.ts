const PREFIX = 'hark-answer:';

/** Id of the block with an answer's menus: what is chosen from a menu leaves no room for the answer's id. */
export function blockOfAnswer(answerId: string): string {
  return `${PREFIX}${answerId}`;
}

export function answerOfBlock(blockId: string): string | undefined {
  return blockId.startsWith(PREFIX) ? blockId.slice(PREFIX.length) : undefined;
}
