import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { HealthModule } from '../../core/health.module';
import { HealthController } from './health.controller';
import { PartsService } from './parts.service';

/** The health pages, which every process serves, whatever its roles. */
@Module({
  imports: [HealthModule, TerminusModule],
  controllers: [HealthController],
  providers: [PartsService],
})
export class HealthPagesModule {}
