"""What jupyter_client, nbclient and friends see of the kernel. Prints one line of JSON, a member for each question that was asked."""

import json
import os
import queue
import signal
import time

from jupyter_client.manager import KernelManager, start_new_kernel

seen = {}


def run(client, code, timeout=60, **options):
    """All iopub messages of a cell, and its reply."""
    request = client.execute(code, **options)
    messages = []
    while True:
        message = client.get_iopub_msg(timeout=timeout)
        if message["parent_header"].get("msg_id") != request:
            continue
        messages.append(message)
        if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
            break
    while True:
        reply = client.get_shell_msg(timeout=timeout)
        if reply["parent_header"].get("msg_id") == request:
            return messages, reply["content"]


def text(messages):
    return "".join(message["content"]["text"] for message in messages if message["msg_type"] == "stream")


manager, client = start_new_kernel(kernel_name="patchbay")

messages, reply = run(client, "for (let i = 0; i < 10_000; i++) console.log(i)")
seen["lines"] = text(messages) == "".join(f"{i}\n" for i in range(10_000))

# Half of a pair of surrogates must not keep a notebook from being saved.
messages, reply = run(client, "console.log('a\\ud83d')")
seen["surrogate"] = text(messages).encode("utf-8").decode("utf-8")

request = client.execute("let turns = 0; while (true) turns++")
time.sleep(0.5)
started = time.monotonic()
seen["heartbeat"] = client.hb_channel.is_beating()
manager.interrupt_kernel()
while client.get_shell_msg(timeout=30)["parent_header"].get("msg_id") != request:
    pass
seen["interrupt_seconds"] = time.monotonic() - started
messages, reply = run(client, "turns > 0")
seen["kept"] = [message["content"]["data"]["text/plain"] for message in messages if message["msg_type"] == "execute_result"]

request = client.execute("import { input } from 'patchbay'; await input('name? ')", allow_stdin=True)
question = client.get_stdin_msg(timeout=60)
seen["question"] = question["content"]
client.input("Ada")
while True:
    message = client.get_iopub_msg(timeout=30)
    if message["msg_type"] == "execute_result":
        seen["answer"] = message["content"]["data"]["text/plain"]
        break

while client.get_shell_msg(timeout=30)["parent_header"].get("msg_id") != request:
    pass

requests = [client.execute(code) for code in ("throw new Error('stop')", "1", "2")]
statuses = {}
while len(statuses) < 3:
    reply = client.get_shell_msg(timeout=30)
    statuses[reply["parent_header"].get("msg_id")] = reply["content"]["status"]
seen["after_error"] = [statuses[request] for request in requests]

first = manager.provisioner.pid
manager.restart_kernel()
client.wait_for_ready(timeout=60)
seen["restarted"] = [first != manager.provisioner.pid, run(client, "typeof turns")[1]["status"]]

client.stop_channels()
started = time.monotonic()
manager.shutdown_kernel()
seen["shutdown_seconds"] = time.monotonic() - started
seen["alive"] = manager.is_alive()

# Under SIGTERM, and with SIGINT as a signal.
manager, client = start_new_kernel(kernel_name="patchbay")
pid = manager.provisioner.pid
manager.signal_kernel(signal.SIGTERM)
until = time.monotonic() + 5
while manager.is_alive() and time.monotonic() < until:
    time.sleep(0.05)
seen["after_sigterm"] = manager.is_alive()
client.stop_channels()

print(json.dumps(seen))
