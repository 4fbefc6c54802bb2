package sunpeer.drivers.transport;

import java.util.Map;
import sunpeer.drivers.Fault;
import sunpeer.drivers.Fault.Kind;

/** The words for what goes wrong on a wire: what, where, what to do; one line each. */
public final class Faults {
    private static final int GATEWAY_WITHOUT_PATH = 10;
    private static final int GATEWAY_WITHOUT_ANSWER = 11;

    private static final Map<Integer, String> EXCEPTIONS = Map.of(
            1,
            "it does not know this function",
            2,
            "it does not have this address, or not this many registers",
            3,
            "it does not take this number of registers",
            4,
            "it failed while reading",
            5,
            "it needs longer (acknowledge)",
            6,
            "it is busy, try later",
            GATEWAY_WITHOUT_PATH,
            "the gateway has no path to it",
            GATEWAY_WITHOUT_ANSWER,
            "the device behind the gateway does not answer");

    private Faults() {}

    static Fault missing(String path) {
        return new Fault(
                Kind.PORT_MISSING,
                path + " does not exist: not a path of this machine, or is the adapter plugged in?"
                        + " `ls /dev/serial/by-id` lists what is");
    }

    static Fault notAPort(String path) {
        return new Fault(
                Kind.PORT_MISSING,
                path
                        + " is not a serial port: give a device like /dev/serial/by-id/..., `ls /dev/serial/by-id` lists them");
    }

    static Fault lost(String path) {
        return new Fault(
                Kind.PORT_MISSING,
                path + " went away while reading: check the plug of the adapter; it is opened again at the next read");
    }

    static Fault denied(String path, String group, String user) {
        return new Fault(
                Kind.PORT_DENIED,
                "%s may not be opened by user %s: its group is %s; run `sudo usermod -aG %s %s` and log in again (or restart the service)"
                        .formatted(path, user, group, group, user));
    }

    /** To join the group would not help: a login console has taken the port for its owner, or somebody changed its mode. */
    static Fault deniedToGroups(String path, String owner, String mode, String user) {
        return new Fault(
                Kind.PORT_DENIED,
                "%s may not be opened by user %s: it belongs to %s alone (%s); if it is the board's own port, switch its login console off (`sudo raspi-config`, Serial Port); else run `sudo chgrp dialout %s && sudo chmod 660 %s`"
                        .formatted(path, user, owner, mode, path, path));
    }

    static Fault busy(String path) {
        return new Fault(
                Kind.PORT_BUSY,
                "%s is held by another program: stop it; `sudo fuser -v %s` names it; if it names none, this is no serial port"
                        .formatted(path, path));
    }

    static Fault unreachable(String host, int port, String why) {
        return new Fault(
                Kind.UNREACHABLE,
                "%s:%d cannot be reached (%s): is the device on, the address right, and Modbus TCP enabled?"
                        .formatted(host, port, why));
    }

    static Fault silent(String where, Request request) {
        return new Fault(
                Kind.NO_ANSWER,
                "no answer from unit %d at %s to %s: check power, unit id and baud rate; on RS-485 swap A and B"
                        .formatted(request.unit(), where, request.describe()));
    }

    static Fault late(String where, Request request) {
        return new Fault(
                Kind.NO_ANSWER,
                "no answer in time from unit %d at %s to %s, bytes came late: is another master on this line?"
                        .formatted(request.unit(), where, request.describe()));
    }

    static Fault garbled(String where, Request request, String reason) {
        return new Fault(
                Kind.GARBLED,
                "garbled answer at %s to %s: %s; check cable, termination and ground, and that no other master is on the line"
                        .formatted(where, request.describe(), reason));
    }

    /** A Modbus exception with its meaning. */
    public static Fault refused(String where, Request request, int code) {
        if (code == GATEWAY_WITHOUT_PATH || code == GATEWAY_WITHOUT_ANSWER) {
            return new Fault(
                    Kind.NO_ANSWER,
                    "unit %d at %s is asleep or not there (exception %d: %s): some devices sleep at night; else look up its unit id on the gateway"
                            .formatted(request.unit(), where, code, EXCEPTIONS.get(code)));
        }
        return new Fault(
                Kind.REFUSED,
                "unit %d at %s refuses %s with exception %d: %s; is this the right profile for this device?"
                        .formatted(
                                request.unit(),
                                where,
                                request.describe(),
                                code,
                                EXCEPTIONS.getOrDefault(code, "a code of its own")));
    }
}
