import type { Response } from 'express';
import { HarkError } from '../../core/errors';
import { Segment, Transcript } from '../../core/transcript';
import { problemOf } from '../problems/problem.mapper';
import { OpenAiWish, openAiAnswerOf, usageOf } from './openai-answer';
import { openAiErrorOf, sendOpenAiError } from './openai-error';
import { STILL_WAITING } from './waiting-caller.service';

/** How the words reach the program: at once when there are all, or as they are heard. */
export interface OpenAiReply {
  heard(news: Segment | typeof STILL_WAITING): void;
  done(transcript: Transcript): void;
  failed(error: HarkError): void;
}

/** One answer, when everything was heard. */
export function wholeReply(response: Response, wish: OpenAiWish): OpenAiReply {
  return {
    heard: () => undefined,
    done: (transcript) => {
      const { type, body } = openAiAnswerOf(transcript, wish);
      response.type(`${type}; charset=utf-8`).send(body);
    },
    failed: (error) => sendOpenAiError(response, problemOf(error, new Date()), error),
  };
}

/** Server-sent events `transcript.text.delta` for each segment, and `transcript.text.done` with the whole text. */
export function streamedReply(response: Response): OpenAiReply {
  let first = true;
  const send = (data: object): void => void response.write(`data: ${JSON.stringify(data)}\n\n`);
  response.status(200).type('text/event-stream').flushHeaders();
  return {
    heard: (news) => {
      if (news === STILL_WAITING) return void response.write(': still waiting\n\n');
      const text = news.text.trim();
      if (text === '') return;
      send({ type: 'transcript.text.delta', delta: first ? text : ` ${text}` });
      first = false;
    },
    done: (transcript) => {
      send({ type: 'transcript.text.done', text: transcript.text, usage: usageOf(transcript) });
      response.end();
    },
    failed: (error) => {
      send(openAiErrorOf(problemOf(error, new Date())));
      response.end();
    },
  };
}
