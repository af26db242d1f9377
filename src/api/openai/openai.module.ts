import { DynamicModule, Module, ModuleMetadata } from '@nestjs/common';
import { MulterModule } from '@nestjs/platform-express';
import { JobFollowerService } from '../events/job-follower.service';
import { MultipartOptions } from '../transcriptions/multipart.options';
import { SubmissionService } from '../transcriptions/submission.service';
import { OpenAiController } from './openai.controller';
import { WaitingCallerService } from './waiting-caller.service';

/** The calls that are OpenAI's. They stand outside of the API's prefix, which goes for a whole module. */
@Module({})
export class OpenAiModule {
  /** @param core as the `ApiModule` needs them; it must be there, too, for its limits on requests are global */
  static over(core: NonNullable<ModuleMetadata['imports']>): DynamicModule {
    const multipart = MulterModule.registerAsync({ imports: core, useClass: MultipartOptions });
    return {
      module: OpenAiModule,
      imports: [...core, multipart],
      controllers: [OpenAiController],
      providers: [JobFollowerService, SubmissionService, WaitingCallerService],
    };
  }
}
