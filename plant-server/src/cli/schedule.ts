import type { CommandIo } from '@millwright/contract'

export async function run(_argv: readonly string[], io: CommandIo): Promise<number> {
  io.err('MW-0005 this command is not built yet\n')
  return 3
}
