"""A Modbus TCP slave of another vendor's stack (pymodbus): a float with swapped words, a 32-bit count, a coil."""
import asyncio, json, struct, sys
from pymodbus.datastore import ModbusDeviceContext, ModbusSequentialDataBlock, ModbusServerContext
from pymodbus.server import ModbusTcpServer

def swapped(value: float) -> list[int]:
    high, low = struct.unpack(">HH", struct.pack(">f", value))
    return [low, high]

async def main(port: int) -> None:
    holding = [0] * 20
    holding[0:2] = swapped(21.5)
    holding[2:4] = struct.unpack(">HH", struct.pack(">I", 123456))
    # pymodbus counts blocks from 1.
    device = ModbusDeviceContext(hr=ModbusSequentialDataBlock(1, holding), co=ModbusSequentialDataBlock(1, [True] + [False] * 9))
    server = ModbusTcpServer(ModbusServerContext(devices=device, single=True), address=("127.0.0.1", port))
    await server.serve_forever(background=True)
    print(json.dumps({"ready": True}), flush=True)
    await asyncio.Event().wait()

asyncio.run(main(int(sys.argv[1])))
