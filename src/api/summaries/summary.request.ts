import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';

export class SummaryRequestBody {
  @ApiPropertyOptional({
    example: 'demo',
    description: 'One of the drivers that the settings name; the first of them when it is left out.',
  })
  @IsOptional()
  @Matches(/^[a-z]{1,20}$/, { message: 'driver must be the name of a driver, such as openai or demo' })
  driver?: string;
}
