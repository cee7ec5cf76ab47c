"""A small OPC UA server of another vendor's stack (asyncua): string node ids, two namespaces before ours."""
import asyncio, json, sys
from asyncua import Server, ua

async def main(port: int) -> None:
    server = Server()
    await server.init()
    server.set_endpoint(f"opc.tcp://127.0.0.1:{port}/other/")
    for uri in ("urn:other:filler", "urn:other:second"):
        await server.register_namespace(uri)
    index = await server.register_namespace("urn:other:kiln")
    kiln = await server.nodes.objects.add_object(ua.NodeId("Kiln", index), ua.QualifiedName("Kiln", index))
    temperature = await kiln.add_variable(ua.NodeId("Kiln.Temperature", index), ua.QualifiedName("Temperature", index), 200.0)
    setpoint = await kiln.add_variable(ua.NodeId("Kiln.Setpoint", index), ua.QualifiedName("Setpoint", index), 210.0)
    await setpoint.set_writable()
    async with server:
        print(json.dumps({"ready": True}), flush=True)
        step = 0
        while True:
            await asyncio.sleep(0.2)
            step += 1
            await temperature.write_value(200.0 + (step % 50) / 10)

asyncio.run(main(int(sys.argv[1])))
