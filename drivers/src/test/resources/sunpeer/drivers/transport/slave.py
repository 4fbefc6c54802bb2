"""A Modbus slave by pymodbus 3: slave.py rtu TTY | slave.py tcp PORT. Prints "ready" when it is about to listen."""

import sys

from pymodbus.datastore import ModbusSequentialDataBlock, ModbusServerContext, ModbusSlaveContext
from pymodbus.device import ModbusDeviceIdentification
from pymodbus.server import StartSerialServer, StartTcpServer
from pymodbus.transaction import ModbusRtuFramer

SIZE = 0x200


def block(value):
    return ModbusSequentialDataBlock(0, [value(i) for i in range(SIZE)])


unit = ModbusSlaveContext(
    hr=block(lambda i: (i * 97 + 7) & 0xFFFF),
    ir=block(lambda i: (i * 89 + 1000) & 0xFFFF),
    co=block(lambda i: i % 3 == 0),
    di=block(lambda i: i % 5 == 0),
    zero_mode=True,
)
context = ModbusServerContext(slaves={1: unit}, single=False)
identity = ModbusDeviceIdentification(
    info_name={"VendorName": "pymodbus", "ProductCode": "slave", "MajorMinorRevision": "3"}
)
print("ready", flush=True)
if sys.argv[1] == "rtu":
    StartSerialServer(
        context=context, identity=identity, framer=ModbusRtuFramer, port=sys.argv[2], baudrate=115200, timeout=0.005
    )
else:
    StartTcpServer(context=context, identity=identity, address=("127.0.0.1", int(sys.argv[2])))
