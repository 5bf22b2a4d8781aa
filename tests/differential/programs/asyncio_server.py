# tests/differential/programs/asyncio_server.py: gives back what it gets from one client, and writes it to `got`.
import asyncio
import os


async def main():
    done = asyncio.Event()

    async def talk(reader, writer):
        with open('got', 'wb', buffering=0) as got:
            while data := await reader.read(100):
                writer.write(data.upper())
                await writer.drain()
                got.write(data)
        writer.close()
        await writer.wait_closed()
        done.set()

    server = await asyncio.start_server(talk, '127.0.0.1', int(os.environ['PORT']))
    await done.wait()
    server.close()


asyncio.run(main())
