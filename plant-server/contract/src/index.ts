export * from './base/command-line.ts'
