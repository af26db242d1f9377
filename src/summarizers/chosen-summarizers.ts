import { OnModuleInit } from '@nestjs/common';
import { Summarizer, Summarizers } from '../core/summarizer';
import { Circuit } from './circuit';

/** Those that the settings name, in their order. */
export class ChosenSummarizers extends Summarizers implements OnModuleInit {
  constructor(
    readonly all: readonly Summarizer[],
    private readonly circuits: readonly Circuit[],
  ) {
    super();
  }

  onModuleInit(): void {
    for (const circuit of this.circuits) circuit.tell();
  }
}
