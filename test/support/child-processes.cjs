// Node processes that the product starts with its own `process.execArgv` run from the sources in tests, with no build.
process.execArgv.push('--require', require.resolve('./typescript-hook.cjs'));
