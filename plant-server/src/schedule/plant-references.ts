import type { Problem as Fault } from '@millwright/contract'
import type { PlantFile } from './plant-schema.ts'

/** What the schema cannot say: names that must exist, sizes that must agree, orders of time. All faults at once. */
export function checkReferences(file: PlantFile, place: string): Fault[] {
  const faults: Fault[] = []
  const fault = (pointer: string, detail: string) => {
    faults.push({ code: 'MW-3001', place: `${place}${pointer}`, values: { detail } })
  }
  const names = (list: 'calendars' | 'setups' | 'equipment' | 'materials' | 'products' | 'orders') => {
    const seen = new Set<string>()
    for (const [i, { id }] of file[list].entries()) {
      if (seen.has(id)) fault(`/${list}/${i}/id`, `"${id}" × 2`)
      seen.add(id)
    }
    return seen
  }
  const known = {
    calendar: names('calendars'),
    setup: names('setups'),
    equipment: names('equipment'),
    material: names('materials'),
    product: names('products'),
  }
  names('orders')
  const wanted = (kind: keyof typeof known, name: string | undefined, pointer: string) => {
    if (name !== undefined && !known[kind].has(name)) fault(pointer, `${kind} "${name}" ?`)
  }
  const workUnits = new Set(file.equipment.filter(({ level }) => level === 'work_unit').map(({ id }) => id))
  const machine = (name: string, pointer: string) => {
    wanted('equipment', name, pointer)
    if (known.equipment.has(name) && !workUnits.has(name)) fault(pointer, `"${name}" ≠ work_unit`)
  }

  for (const [i, calendar] of file.calendars.entries()) {
    for (const [k, { days, from, to }] of calendar.shifts.entries()) {
      const pointer = `/calendars/${i}/shifts/${k}`
      if (from >= to) fault(pointer, `from ${from} ≥ to ${to}`)
      const beyond = days.find(day => day >= calendar.cycleDays)
      if (beyond !== undefined) fault(`${pointer}/days`, `${beyond} ≥ cycleDays ${calendar.cycleDays}`)
    }
  }
  for (const [i, { families, minutes }] of file.setups.entries()) {
    const isSquare = minutes.length === families.length && minutes.every(row => row.length === families.length)
    if (!isSquare) fault(`/setups/${i}/minutes`, `≠ ${families.length} × ${families.length}`)
  }
  for (const [i, row] of file.equipment.entries()) {
    const pointer = `/equipment/${i}`
    wanted('equipment', row.parent, `${pointer}/parent`)
    wanted('calendar', row.calendar, `${pointer}/calendar`)
    wanted('setup', row.setup, `${pointer}/setup`)
    const families = file.setups.find(({ id }) => id === row.setup)?.families
    if (row.family !== undefined && families?.includes(row.family) !== true) {
      fault(`${pointer}/family`, `family "${row.family}" ?`)
    }
    if (isOwnAncestor(file, row.id)) fault(`${pointer}/parent`, `"${row.id}" ⊂ "${row.id}"`)
  }
  for (const [i, { materials, routing }] of file.products.entries()) {
    for (const [k, { material, operation }] of materials.entries()) {
      wanted('material', material, `/products/${i}/materials/${k}/material`)
      if ((operation ?? 0) >= routing.length)
        fault(`/products/${i}/materials/${k}/operation`, `${operation} ≥ ${routing.length}`)
    }
    for (const [k, step] of routing.entries()) {
      for (const [c, { equipment }] of step.alternatives.entries()) {
        const pointer = `/products/${i}/routing/${k}`
        machine(equipment, `${pointer}/alternatives/${c}/equipment`)
        const table = file.setups.find(
          ({ id }) => id === file.equipment.find(({ id: own }) => own === equipment)?.setup,
        )
        if (step.family !== undefined && table !== undefined && !table.families.includes(step.family)) {
          fault(`${pointer}/family`, `family "${step.family}" ∉ ${table.id}`)
        }
      }
    }
  }
  for (const [i, order] of file.orders.entries()) {
    wanted('product', order.product, `/orders/${i}/product`)
    const steps = file.products.find(({ id }) => id === order.product)?.routing.length ?? Number.POSITIVE_INFINITY
    const progress = order.progress ?? []
    if (progress.length > steps) fault(`/orders/${i}/progress`, `${progress.length} > ${steps}`)
    for (const [k, { equipment, end }] of progress.entries()) {
      machine(equipment, `/orders/${i}/progress/${k}/equipment`)
      if (end === undefined && k < progress.length - 1) fault(`/orders/${i}/progress/${k}/end`, `progress/${k + 1}`)
    }
  }
  return faults
}

function isOwnAncestor(file: PlantFile, id: string): boolean {
  const parents = new Map(file.equipment.map(({ id: own, parent }) => [own, parent]))
  let at = parents.get(id)
  for (let i = 0; i < file.equipment.length && at !== undefined; i += 1) {
    if (at === id) return true
    at = parents.get(at)
  }
  return false
}
