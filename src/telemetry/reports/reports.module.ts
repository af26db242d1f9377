import { Module } from '@nestjs/common';
import { ErrorReports } from './error-reports.service';

@Module({ providers: [ErrorReports], exports: [ErrorReports] })
export class ReportsModule {}
