"""A slave of another vendor's stack (pymodbus) that numbers its answers: each read of holding register 0 gives the next
32-bit count, said on stdout before it is sent. Arguments: TCP port or path of a serial port, framer (socket|rtu), units
(1,2,...), first count.
Lines on stdin: `mute U` and `unmute U` make a unit silent and let it speak again. Register 50 does not exist."""
import asyncio, json, sys
from pymodbus import FramerType
from pymodbus.datastore import ModbusDeviceContext, ModbusSparseDataBlock, ModbusServerContext
from pymodbus.server import ModbusSerialServer, ModbusTcpServer

where, framer, units = sys.argv[1], sys.argv[2], [int(u) for u in sys.argv[3].split(",")]
count = {unit: int(sys.argv[4]) if len(sys.argv) > 4 else 0 for unit in units}
muted: set[int] = set()

def say(**line) -> None:
    print(json.dumps(line), flush=True)

asked: dict[int, bool] = {}

def trace_pdu(sending, pdu):
    if not sending:
        asked[pdu.dev_id] = pdu.function_code == 3 and pdu.address == 0
    elif asked.get(pdu.dev_id) and pdu.function_code == 3 and pdu.dev_id not in muted:
        unit = pdu.dev_id
        count[unit] += 1
        pdu.registers[0:2] = [count[unit] >> 16, count[unit] & 0xFFFF]
        say(unit=unit, served=count[unit])
    return pdu

def trace_packet(sending, packet):
    if not sending or len(packet) == 0:
        return packet
    unit = packet[6] if framer == "socket" else packet[0]
    return b"" if unit in muted else packet

def device():
    holding = {address: address for address in range(0, 80) if address != 50}
    return ModbusDeviceContext(hr=ModbusSparseDataBlock(holding))

async def commands() -> None:
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        word, unit = line.decode().split()
        (muted.add if word == "mute" else muted.discard)(int(unit))
        say(done=line.decode().strip())
    await asyncio.Event().wait()

async def main() -> None:
    context = ModbusServerContext(devices={unit: device() for unit in units}, single=False)
    traces = {"trace_pdu": trace_pdu, "trace_packet": trace_packet}
    kind = FramerType.RTU if framer == "rtu" else FramerType.SOCKET
    server = (ModbusTcpServer(context, address=("127.0.0.1", int(where)), framer=kind, **traces) if where.isdigit()
              else ModbusSerialServer(context, port=where, baudrate=19200, framer=kind, **traces))
    await server.serve_forever(background=True)
    say(ready=True)
    await commands()

asyncio.run(main())
