package sunpeer.drivers.bench;

import com.ghgande.j2mod.modbus.ModbusException;
import com.ghgande.j2mod.modbus.facade.ModbusSerialMaster;
import com.ghgande.j2mod.modbus.procimg.InputRegister;
import com.ghgande.j2mod.modbus.util.SerialParameters;
import java.io.IOException;
import sunpeer.drivers.transport.Request;

/** j2mod as its examples use it: register by register. */
final class J2modMaster implements Master {
    private final ModbusSerialMaster master;
    private final ReadPlan plan;

    J2modMaster(String port, int baud, ReadPlan plan) throws IOException {
        this.plan = plan;
        SerialParameters parameters = new SerialParameters();
        parameters.setPortName(port);
        parameters.setBaudRate(baud);
        parameters.setDatabits(8);
        parameters.setParity("None");
        parameters.setStopbits(1);
        parameters.setEncoding("rtu");
        parameters.setEcho(false);
        master = new ModbusSerialMaster(parameters);
        connect(port);
    }

    // j2mod declares connect() to throw Exception.
    private void connect(String port) throws IOException {
        try {
            master.connect();
        } catch (Exception failure) {
            throw new IOException("j2mod cannot open " + port, failure);
        }
    }

    @Override
    public long poll() throws IOException {
        long start = System.nanoTime();
        for (Request.Registers single : plan.singles()) {
            try {
                InputRegister[] got = single.function() == 3
                        ? master.readMultipleRegisters(single.unit(), single.address(), 1)
                        : master.readInputRegisters(single.unit(), single.address(), 1);
                if (got.length != 1 || (got[0].getValue() & 0xFFFF) != InstantSlave.register(single.address())) {
                    throw new IOException("wrong value in " + single.describe());
                }
            } catch (ModbusException failure) {
                throw new IOException("no right answer to " + single.describe(), failure);
            }
        }
        return System.nanoTime() - start;
    }

    @Override
    public void close() {
        master.disconnect();
    }
}
