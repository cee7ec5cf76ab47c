/** Captures taken while no order runs at a station belong to the station's lot of the day, in the plant's time zone. */
export function dayLot(station: string, t: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  return `L-${parts.format(t).replaceAll('-', '')}-${station}`
}
