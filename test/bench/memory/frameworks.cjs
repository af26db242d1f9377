// What hark stands on, by itself: loaded, put together as far as that goes without anybody to talk to, and idle. Its heap
// grows, and what only the start took up is given back, as in hark.
require('reflect-metadata');
const { Module } = require('@nestjs/common');
const { NestFactory } = require('@nestjs/core');
const { EntitySchema, MikroORM } = require('@mikro-orm/sqlite');
const { App } = require('@slack/bolt');
const { Client } = require('discord.js');
require('bull');
const { growSlowly, releaseStartMemory } = require('../../../dist/cli/start-memory');

class Nothing {}
Module({})(Nothing);

async function main() {
  growSlowly();
  const app = await NestFactory.create(Nothing, { logger: false });
  await app.listen(0, '127.0.0.1');
  const entity = new EntitySchema({ name: 'Thing', properties: { id: { type: 'number', primary: true } } });
  const orm = await MikroORM.init({ dbName: ':memory:', entities: [entity] });
  await orm.schema.create();
  const client = new Client({ intents: [] });
  const bolt = new App({ token: 'xoxb-', signingSecret: 'none', deferInitialization: true });
  // Kept, as hark keeps its own.
  process.once('SIGTERM', () => process.exit(client && bolt ? 0 : 1));
  releaseStartMemory();
  process.send('up');
}

void main();
