"""A client of another vendor's stack (asyncua) at the plant's OPC UA server: browses, reads, subscribes, tries to write."""
import asyncio, json, sys
from pathlib import Path
from asyncua import Client, ua
from asyncua.crypto.cert_gen import setup_self_signed_certificate
from asyncua.crypto.security_policies import SecurityPolicyAes256Sha256RsaPss
from cryptography.x509.oid import ExtendedKeyUsageOID

URI = "urn:other:client"

async def main(endpoint: str, folder: str, name: str, password: str, tag: str) -> None:
    key, cert = Path(folder) / "key.pem", Path(folder) / "cert.der"
    await setup_self_signed_certificate(key, cert, URI, "localhost", [ExtendedKeyUsageOID.CLIENT_AUTH], {"commonName": "other"})
    client = Client(endpoint)
    client.application_uri = URI
    client.set_user(name)
    client.set_password(password)
    await client.set_security(SecurityPolicyAes256Sha256RsaPss, str(cert), str(key), mode=ua.MessageSecurityMode.SignAndEncrypt)
    async with client:
        index = await client.get_namespace_index("urn:millwright:plant-server")
        node = client.get_node(f"ns={index};s={tag}")
        value = await node.read_data_value()
        equipment = []
        for child in await client.get_node(f"ns={index};s=plant").get_children():
            equipment.append((await child.read_browse_name()).Name)
        results = []
        # This stack cannot resolve the structures of the machine vision nodeset: the plain parts beside them.
        for child in await client.get_node(f"ns={index};s=results/AOI-1").get_children():
            if (await child.read_browse_name()).Name == "Results":
                for each in await child.get_children():
                    parts = {(await part.read_browse_name()).Name: part for part in await each.get_children()}
                    values = [await parts[name].read_value() for name in ("Panel", "Verdict", "Lot", "ResultState")]
                    results.append([(await each.read_browse_name()).Name, *values])
        try:
            await node.write_value(ua.Variant(1.0, ua.VariantType.Double))
            written = True
        except ua.UaStatusCodeError as error:
            written = type(error).__name__
        print(json.dumps({
            "value": value.Value.Value, "status": value.StatusCode.name, "source": value.SourceTimestamp.isoformat(),
            "equipment": equipment, "results": results, "written": written,
        }))

asyncio.run(main(*sys.argv[1:6]))
