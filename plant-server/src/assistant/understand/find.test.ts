import type { Equipment, TagDefinition } from '@millwright/contract'
import { describe, expect, test } from 'vitest'
import { findEquipment } from './find-equipment.ts'
import { findOrders } from './find-order.ts'
import { findTags } from './find-tag.ts'
import { conceptsIn } from './lexicon.ts'

const tag = (name: string, zh: string, en: string, unit = ''): TagDefinition => ({
  tag: name,
  agent: name.split('/')[0]!,
  device: 'plc',
  source: 'opcua',
  type: 'float',
  unit,
  description: { zh, en },
})
const tags = [
  tag('primary/dryer/outlet_moisture', '烘丝机出口水分', 'Dryer outlet moisture', '%'),
  tag('primary/dryer/inlet_moisture', '烘丝机入口水分', 'Dryer inlet moisture', '%'),
  tag('primary/dryer/moisture_setpoint', '烘丝机出口水分设定值', 'Dryer outlet moisture setpoint', '%'),
  tag('primary/dryer/steam_pressure', '烘丝机蒸汽压力', 'Dryer steam pressure', 'bar'),
  tag('primary/dryer/steam_pressure_setpoint', '烘丝机蒸汽压力设定值', 'Dryer steam pressure setpoint', 'bar'),
  tag('primary/dryer/hot_air_temperature', '热风温度', 'Hot air temperature', '°C'),
  tag('primary/dryer/wall_temperature', '滚筒筒壁温度', 'Drum wall temperature', '°C'),
  tag('primary/feed/flow', '进料流量', 'Feed flow', 'kg/h'),
  tag('primary/cooling/outlet_moisture', '冷却出口水分', 'Cooler outlet moisture', '%'),
  tag('packing/packer1/speed', '1 号包装机车速', 'Packer 1 speed', '1/min'),
  tag('packing/packer1/count', '1 号包装机产量', 'Packer 1 produced count'),
]

test.each([
  ['烘丝机出口水分是多少', 'primary/dryer/outlet_moisture'],
  ['烘丝出料水份现在多少', 'primary/dryer/outlet_moisture'],
  ['What is the dryer outlet moisture?', 'primary/dryer/outlet_moisture'],
  ['moisture leaving the drier an hour ago', 'primary/dryer/outlet_moisture'],
  ['入口水分', 'primary/dryer/inlet_moisture'],
  ['水分设定值', 'primary/dryer/moisture_setpoint'],
  ['蒸汽压力', 'primary/dryer/steam_pressure'],
  ['steam pressure setpoint of the dryer', 'primary/dryer/steam_pressure_setpoint'],
  ['热风温度', 'primary/dryer/hot_air_temperature'],
  ['drum wall temp', 'primary/dryer/wall_temperature'],
  ['进料流量多少', 'primary/feed/flow'],
  ['feed rate', 'primary/feed/flow'],
  ['包装机的车速', 'packing/packer1/speed'],
  ['packer 1 output', 'packing/packer1/count'],
  ['show primary/dryer/steam_pressure please', 'primary/dryer/steam_pressure'],
])('%s means %s', (text, name) => {
  expect(findTags(text, tags)[0]?.tag.tag).toBe(name)
})

test.each(['工单 1043 为什么晚', 'how do I clean the lens', 'the vibration of the fan', '天气'])(
  '"%s" means no tag',
  text => {
    expect(findTags(text, tags)).toEqual([])
  },
)

test('a longer name hides a shorter one inside it', () => {
  expect([...conceptsIn('烘丝机')]).toEqual(['dryer'])
  expect([...conceptsIn('the emergency stop')]).toEqual(['emergency_stop'])
  expect([...conceptsIn('spread over tempo')]).toEqual([])
})

const unit = (id: string, zh: string, en: string, level: Equipment['level'] = 'work_unit'): Equipment => ({
  id,
  level,
  name: { zh, en },
})
const equipment = [
  unit('PRI-L1', '制丝一线', 'Primary line 1', 'work_center'),
  unit('PRI-DRY-1', '1 号滚筒烘丝机', 'Drum dryer 1'),
  unit('PRI-DRY-2', '2 号滚筒烘丝机', 'Drum dryer 2'),
  unit('PRI-CUT-1', '1 号切丝机', 'Cutter 1'),
  unit('PACK-1', '1 号包装机', 'Packer 1'),
  unit('PACK-CASE', '装箱机', 'Case packer'),
  unit('AOI-1', '外观检测站', 'AOI station'),
]

describe('equipment', () => {
  test.each([
    ['如果1号烘丝机停机4小时', 'PRI-DRY-1'],
    ['二号烘丝机坏了', 'PRI-DRY-2'],
    ['what if dryer 2 is down', 'PRI-DRY-2'],
    ['PRI-CUT-1 down for 3 h', 'PRI-CUT-1'],
    ['the case packer fails', 'PACK-CASE'],
    ['drum dryer no. 1', 'PRI-DRY-1'],
    ['AOI station load', 'AOI-1'],
    ['1号包装机负荷', 'PACK-1'],
  ])('%s', (text, id) => {
    expect(findEquipment(text, equipment)[0]?.id).toBe(id)
  })

  test('a kind of which there are several gives them all; an unknown one none', () => {
    expect(findEquipment('烘丝机停机', equipment).map(entry => entry.id)).toEqual(['PRI-DRY-1', 'PRI-DRY-2'])
    expect(findEquipment('the fork lift is broken', equipment)).toEqual([])
  })
})

test('orders are found in the forms people write', () => {
  const ids = ['WO-1043', 'WO-1044']
  expect(findOrders('WO-1043 什么时候完成', ids).known).toEqual(['WO-1043'])
  expect(findOrders('工单1044为什么晚', ids).known).toEqual(['WO-1044'])
  expect(findOrders('when is order 1043 done, and wo 1044?', ids).known.sort()).toEqual(['WO-1043', 'WO-1044'])
  expect(findOrders('WO-9999', ids)).toEqual({ known: [], unknown: ['WO-9999'] })
  expect(findOrders('at 5000 kg/h', ids)).toEqual({ known: [], unknown: [] })
})
