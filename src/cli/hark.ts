#!/usr/bin/env node
import './node-version';
import './lean-start';
import './compile-cache';
import { runProgram } from './program';

void runProgram(process.argv).then((code) => {
  process.exitCode = code;
});
