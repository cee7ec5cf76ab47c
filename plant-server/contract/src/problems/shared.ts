/** Problems that any room may meet. Codes MW-0xxx. */
import { type ProblemRow, row } from './row.ts'

export const sharedProblems = {
  'MW-0101': row(
    'input',
    'does not fit the schema: {detail}',
    '不符合规定的格式：{detail}',
    'Correct the field named',
    '请更正所指字段',
  ),
  'MW-0102': row(
    'input',
    'cannot be read: {detail}',
    '无法读取：{detail}',
    'Check that the file exists and may be read',
    '请检查文件是否存在且可读',
  ),
  'MW-0103': row(
    'ours',
    'unexpected fault: {detail}',
    '意外故障：{detail}',
    'Report it with the log around this time',
    '请附上该时间的日志进行报告',
  ),
  'MW-0104': row(
    'input',
    'is not valid YAML or JSON: {detail}',
    '不是有效的 YAML 或 JSON：{detail}',
    'Correct the syntax at the place named',
    '请更正所指位置的语法',
  ),
  'MW-0105': row(
    'refused',
    'data folder is in use by process {pid}',
    '数据目录正被进程 {pid} 使用',
    'Stop that one, or name another folder with --data',
    '请先停止该进程，或用 --data 指定其他目录',
  ),
  'MW-0106': row(
    'passing',
    'nothing answers at {url}',
    '{url} 无应答',
    'Start the plant server (npm start), or name its data folder with --data',
    '请启动工厂服务器（npm start），或用 --data 指明数据目录',
  ),
} as const satisfies Record<string, ProblemRow>
