import { Module } from '@nestjs/common';
import { CrashReport } from './crash-report.service';
import { ErrorReports } from './error-reports.service';

@Module({ providers: [CrashReport, ErrorReports], exports: [ErrorReports] })
export class ReportsModule {}
