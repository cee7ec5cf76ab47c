"""An OPC UA server of another vendor's stack (asyncua) with types of its own: a structure, one inside it, an enumeration."""
import asyncio, json, sys
from asyncua import Server, ua
from asyncua.common.structures104 import new_enum, new_struct, new_struct_field

async def main(port: int) -> None:
    server = Server()
    await server.init()
    server.set_endpoint(f"opc.tcp://127.0.0.1:{port}/types/")
    index = await server.register_namespace("urn:millwright:types")
    await new_struct(server, index, "Position", [
        new_struct_field("x", ua.VariantType.Double),
        new_struct_field("y", ua.VariantType.Double),
    ])
    mode = await new_enum(server, index, "Mode", ["Stopped", "Running", "Jammed"])
    await server.load_data_type_definitions()
    position = await server.nodes.base_structure_type.get_child(f"{index}:Position")
    await new_struct(server, index, "Part", [
        new_struct_field("serial", ua.VariantType.String),
        new_struct_field("weight", ua.VariantType.Float),
        new_struct_field("counts", ua.VariantType.Int32, array=True),
        new_struct_field("total", ua.VariantType.UInt64),
        new_struct_field("at", position),
    ])
    await server.load_data_type_definitions()
    part = lambda number: ua.Part(serial=f"S-{number}", weight=1.5, counts=[1, number], total=2 ** 40 + number, at=ua.Position(x=0.5, y=-number))
    value = await server.nodes.objects.add_variable(ua.NodeId("Part", index), ua.QualifiedName("Part", index), part(1))
    await server.nodes.objects.add_variable(ua.NodeId("Parts", index), ua.QualifiedName("Parts", index), [part(2), part(3)])
    await server.nodes.objects.add_variable(ua.NodeId("Mode", index), ua.QualifiedName("Mode", index), ua.Variant(1, ua.VariantType.Int32), datatype=mode.nodeid)
    async with server:
        print(json.dumps({"ready": True}), flush=True)
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)
        await value.write_value(part(7))
        await asyncio.Event().wait()

asyncio.run(main(int(sys.argv[1])))
