import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Copy, DockerfileParser, Instruction } from 'dockerfile-ast';

const ROOT = join(__dirname, '..', '..', '..');

export interface Stage {
  base: string;
  name: string | null;
  instructions: Instruction[];
}

const INSTRUCTIONS = DockerfileParser.parse(readFileSync(join(ROOT, 'Dockerfile'), 'utf8')).getInstructions();

/** From each FROM to the next. */
export const STAGES: Stage[] = INSTRUCTIONS.reduce<Stage[]>((stages, instruction) => {
  if (instruction.getKeyword() === 'FROM') {
    const [base = '', , name = null] = instruction.getArguments().map((argument) => argument.getValue());
    return [...stages, { base, name, instructions: [] }];
  }
  stages.at(-1)?.instructions.push(instruction);
  return stages;
}, []);

/** The last stage: what the image is. */
export const IMAGE = STAGES.at(-1)!;

/** Words of an instruction in exec form; flags before them are left out. */
function words(instruction: Instruction): string[] {
  const [list = '[]'] = /\[.*\]/s.exec(instruction.getRawArgumentsContent() ?? '') ?? [];
  return JSON.parse(list) as string[];
}

export function named(stage: Stage, keyword: string): Instruction[] {
  return stage.instructions.filter((instruction) => instruction.getKeyword() === keyword);
}

/** The words of the one instruction of the image with this keyword, in exec form. */
export function imageCommand(keyword: 'CMD' | 'ENTRYPOINT' | 'HEALTHCHECK'): string[] {
  return words(named(IMAGE, keyword)[0]!);
}

export function imageEnvironment(): Record<string, string> {
  return Object.fromEntries(
    named(IMAGE, 'ENV')
      .flatMap((instruction) => instruction.getArguments())
      .map((argument) => argument.getValue().split('=', 2) as [string, string]),
  );
}

export interface Copied {
  from?: string;
  sources: string[];
  target: string;
}

export function copies(stage: Stage): Copied[] {
  return named(stage, 'COPY').map((instruction) => {
    const values = instruction.getArguments().map((argument) => argument.getValue());
    const from = (instruction as Copy).getFromFlag()?.getValue() ?? undefined;
    return { from, sources: values.slice(0, -1), target: values.at(-1) ?? '' };
  });
}
