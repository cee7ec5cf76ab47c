/**
 * The table of problems: what may go wrong at a border of the suite, in words for people, with what to do.
 * Codes are grouped by room: MW-0 shared, MW-1 edge agent, MW-2 plant server, MW-3 planning, MW-4 quality,
 * MW-5 assistant. Rooms add rows here, never texts in code. PLC diagnostics have their own table in plc-codegen.
 */
import type { LocalText } from './text.ts'

/** input: the sender's fault · refused: not allowed now · passing: try again · ours: a bug or a broken installation. */
export type ProblemKind = 'input' | 'refused' | 'passing' | 'ours'

export interface ProblemRow {
  readonly kind: ProblemKind
  readonly message: LocalText
  readonly remedy: LocalText
}

const row = (kind: ProblemKind, en: string, zh: string, remedyEn: string, remedyZh: string): ProblemRow => ({
  kind,
  message: { zh, en },
  remedy: { zh: remedyZh, en: remedyEn },
})

export const problems = {
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

  'MW-1001': row(
    'passing',
    'device does not answer: {detail}',
    '设备无应答：{detail}',
    'Check power, cable and address',
    '请检查电源、线缆和地址',
  ),
  'MW-1002': row(
    'input',
    'the device does not know this node or register: {detail}',
    '设备中没有该节点或寄存器：{detail}',
    'Correct the address in the agent file',
    '请更正代理配置文件中的地址',
  ),
  'MW-1003': row(
    'refused',
    'the device refused the write: {detail}',
    '设备拒绝写入：{detail}',
    'Check the mode and interlocks of the machine',
    '请检查设备模式和联锁',
  ),
  'MW-1004': row(
    'refused',
    'read-back differs: wrote {wrote}, read {read}',
    '回读不一致：写入 {wrote}，读回 {read}',
    'Check the machine before trying again',
    '重试前请检查设备',
  ),
  'MW-1005': row(
    'refused',
    'the command came too late (expired {expired})',
    '命令已过期（{expired}）',
    'Send it again',
    '请重新发送',
  ),
  'MW-1006': row(
    'refused',
    'the command was issued before the agent started',
    '命令发出早于代理启动',
    'Send it again',
    '请重新发送',
  ),
  'MW-1007': row(
    'input',
    'this agent has no such tag, loop, alarm or proposal: {name}',
    '该代理没有此点位、回路、报警或建议：{name}',
    'Check the name',
    '请检查名称',
  ),
  'MW-1008': row(
    'refused',
    'the guard refuses: {detail}',
    '防护拒绝：{detail}',
    'Choose a value inside the limits shown',
    '请选择限值范围内的数值',
  ),
  'MW-1009': row(
    'input',
    'this tag cannot be written',
    '该点位不可写',
    'Name a writable setpoint',
    '请指定可写的设定值',
  ),
  'MW-1010': row(
    'ours',
    'outbox cannot be written: {detail}',
    '发件箱无法写入：{detail}',
    'Free disk space',
    '请释放磁盘空间',
  ),
  'MW-1020': row('input', 'there is no such image', '没有此图像', 'Check the path', '请检查路径'),
  'MW-1021': row(
    'input',
    'is not an image that can be decoded: {detail}',
    '不是可解码的图像：{detail}',
    'Save it again as PNG or JPEG',
    '请重新保存为 PNG 或 JPEG',
  ),
  'MW-1022': row(
    'input',
    'is too large: {width} x {height}',
    '图像过大：{width} x {height}',
    'At most 64 megapixels',
    '最多 6400 万像素',
  ),
  'MW-1023': row(
    'input',
    'is too small: {width} x {height}',
    '图像过小：{width} x {height}',
    'At least 64 x 64 pixels',
    '至少 64 x 64 像素',
  ),
  'MW-1024': row(
    'input',
    'folder holds no image',
    '目录中没有图像',
    'Name a folder with captures',
    '请指定包含图像的目录',
  ),
  'MW-1025': row(
    'input',
    'the capture cannot be judged: {detail}',
    '图像无法判定：{detail}',
    'Check exposure, focus and that a screen is in view',
    '请检查曝光、对焦以及屏幕是否在画面内',
  ),
  'MW-1026': row(
    'ours',
    'inference failed: {detail}',
    '推理失败：{detail}',
    'Check the model file and the runtime',
    '请检查模型文件和运行环境',
  ),
  'MW-1027': row(
    'input',
    'the recipe cannot be used: {detail}',
    '配方无法使用：{detail}',
    'Correct the recipe file',
    '请更正配方文件',
  ),
  'MW-1028': row(
    'ours',
    'model file does not match its card: {detail}',
    '模型文件与卡片不符：{detail}',
    'Install the model again',
    '请重新安装模型',
  ),

  'MW-2001': row('refused', 'not signed in', '未登录', 'Sign in', '请登录'),
  'MW-2002': row(
    'refused',
    'role {role} may not do this',
    '角色 {role} 无权执行',
    'Ask a person whose role allows it',
    '请由有权限的人员执行',
  ),
  'MW-2003': row('refused', 'user name or password is wrong', '用户名或密码错误', 'Try again', '请重试'),
  'MW-2004': row('input', 'there is no {what} {id}', '没有 {what} {id}', 'Check the name', '请检查名称'),
  'MW-2005': row('refused', 'too many requests', '请求过多', 'Wait a minute', '请稍候一分钟'),
  'MW-2006': row(
    'input',
    'MQTT message cannot be used: {detail}',
    'MQTT 消息无法使用：{detail}',
    'Check the sender',
    '请检查发送方',
  ),
  'MW-2007': row(
    'refused',
    'demo sign-ins may be used on loopback only',
    '演示账户只能在本机使用',
    'Change the demo passwords before binding to a network',
    '绑定网络前请更改演示密码',
  ),
  'MW-2008': row(
    'passing',
    'agent {agent} is not connected',
    '代理 {agent} 未连接',
    'Check the line PC',
    '请检查产线电脑',
  ),
  'MW-2009': row(
    'refused',
    'was already decided or has expired',
    '已处理或已过期',
    'Load the page again',
    '请刷新页面',
  ),
  'MW-2010': row(
    'input',
    'image content does not match its SHA-256',
    '图像内容与 SHA-256 不符',
    'Send it again',
    '请重新发送',
  ),
  'MW-2011': row(
    'refused',
    'the last administrator cannot be removed',
    '不能移除最后一名管理员',
    'Name another administrator first',
    '请先指定另一名管理员',
  ),
  'MW-2012': row('input', 'this name is taken: {name}', '名称已被占用：{name}', 'Choose another', '请另选名称'),
  'MW-2013': row(
    'ours',
    'the audit chain is broken at record {seq}',
    '审计链在记录 {seq} 处断裂',
    'Keep the database as it is and call the administrator',
    '请保留数据库原状并联系管理员',
  ),

  'MW-3001': row('input', 'order file: {detail}', '订单文件：{detail}', 'Correct the place named', '请更正所指位置'),
  'MW-3002': row(
    'refused',
    'the verifier refuses the plan: {detail}',
    '校验器拒绝该计划：{detail}',
    'Plan again',
    '请重新排产',
  ),
  'MW-3003': row(
    'refused',
    'the plan is based on an older one than is in force',
    '该计划基于的版本已不是当前版本',
    'Plan again',
    '请重新排产',
  ),

  'MW-4001': row('input', 'the lot has no inspections', '该批次没有检验记录', 'Choose another lot', '请选择其他批次'),
  'MW-4002': row(
    'ours',
    'the report cannot be written: {detail}',
    '报告无法生成：{detail}',
    'See the log',
    '请查看日志',
  ),
  'MW-4003': row(
    'input',
    'the machine asked for review, so the review must say what the part is',
    '机器判定为待复核，复核时必须说明实际结果',
    'State truth: good or defective',
    '请注明 truth：good（良品）或 defective（不良）',
  ),
  'MW-4004': row(
    'input',
    'the stated truth contradicts verdict and decision',
    '所述实际结果与机器判定及复核决定矛盾',
    'Leave truth out, or choose the other decision',
    '请省略 truth，或选择另一项决定',
  ),

  'MW-5001': row(
    'refused',
    'nothing that the plant knows answers this',
    '工厂知识与数据中没有可以回答此问题的依据',
    'Ask about orders, tags, alarms, inspections, procedures or PLC code',
    '可询问订单、点位、报警、检验、作业规程或 PLC 程序',
  ),
  'MW-5002': row(
    'passing',
    'the language model does not answer: {detail}',
    '语言模型无应答：{detail}',
    'The rules answer meanwhile',
    '此间由规则引擎回答',
  ),
  'MW-5003': row('input', 'the question lacks {what}', '问题中缺少{what}', 'Ask again and name it', '请补充后再问'),
  'MW-5004': row(
    'input',
    'knowledge document: {detail}',
    '知识文档：{detail}',
    'Correct the document at the place named',
    '请更正文档中所指位置',
  ),
  'MW-5005': row(
    'refused',
    'your role may not use the tool {tool}; roles that may: {roles}',
    '您的角色无权使用工具 {tool}；有权限的角色：{roles}',
    'Ask a person with one of these roles',
    '请联系具有相应角色的人员',
  ),
  'MW-5006': row(
    'input',
    'there is no {what} that fits "{name}"',
    '没有与“{name}”相符的{what}',
    'Name it as the pages do',
    '请使用页面上显示的名称',
  ),
  'MW-5007': row(
    'input',
    'the tool {tool} cannot use these arguments: {detail}',
    '工具 {tool} 无法使用这些参数：{detail}',
    'Correct the arguments',
    '请更正参数',
  ),
  'MW-5008': row(
    'refused',
    'the program has not passed its checks: {detail}',
    '程序未通过检查：{detail}',
    'Correct the program and draft or save it again',
    '请修正程序后重新生成或保存',
  ),
} as const satisfies Record<string, ProblemRow>

export type ProblemCode = keyof typeof problems
