"""An OPC UA server of another vendor's stack (asyncua) that counts: every node holds the count, each count is said on stdout.
Line on stdin: `drop-sessions keep|delete` ends all sessions, with or without their subscriptions."""
import asyncio, json, sys
from asyncua import Server, ua

async def main(settings: dict) -> None:
    say = lambda what: print(json.dumps(what), flush=True)
    server = Server()
    await server.init()
    server.set_endpoint(f"opc.tcp://127.0.0.1:{settings['port']}/counting/")
    for uri in settings.get("before", []):
        await server.register_namespace(uri)
    index = await server.register_namespace("urn:millwright:counting")
    line = await server.nodes.objects.add_object(ua.NodeId("Line", index), ua.QualifiedName("Line", index))
    counts = []
    for number in range(settings["nodes"]):
        if number in settings.get("missing", []):
            continue
        name = f"Count{number}"
        counts.append(await line.add_variable(ua.NodeId(name, index), ua.QualifiedName(name, index), ua.Variant(settings["first"], ua.VariantType.UInt32)))
    await line.add_variable(ua.NodeId("Still", index), ua.QualifiedName("Still", index), 42.0)
    if settings.get("refuseTransfer"):
        async def refuse(params, session_id, callback):
            raise ua.uaerrors.BadServiceUnsupported
        server.iserver.subscription_service.transfer_subscriptions = refuse

    async def listen() -> None:
        reader = asyncio.StreamReader()
        await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
        while text := (await reader.readline()).decode().strip():
            if text.startswith("drop-sessions"):
                for session in list(server.iserver._external_sessions.values()):
                    await session.close_session(text.endswith("delete"))
            say({"done": text})

    async with server:
        listening = asyncio.create_task(listen())
        say({"ready": True})
        count = settings["first"]
        due = asyncio.get_running_loop().time()
        while not listening.done():
            due += settings["tickMs"] / 1000
            await asyncio.sleep(max(0, due - asyncio.get_running_loop().time()))
            count += 1
            for node in counts:
                await node.write_value(ua.Variant(count, ua.VariantType.UInt32))
            say({"count": count})

asyncio.run(main(json.loads(sys.argv[1])))
