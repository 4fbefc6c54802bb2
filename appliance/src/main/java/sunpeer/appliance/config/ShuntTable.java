package sunpeer.appliance.config;

import java.util.List;
import java.util.Locale;
import sunpeer.drivers.board.ShuntChip;

/** Checks the keys of a shunt chip under {@code [monitor]}, and builds what they say. Confined to one call of the reader. */
final class ShuntTable {
    private static final double MILLI = 1e-3;

    private final Settings settings;
    private final ShuntKeys keys;
    private final DeviceKeys wired;

    /** @param wired the keys of a monitor on a wire, which exclude the shunt */
    ShuntTable(Settings settings, ShuntKeys keys, DeviceKeys wired) {
        this.settings = settings;
        this.keys = keys;
        this.wired = wired;
    }

    boolean isThere() {
        return settings.has(keys.chip);
    }

    void check() {
        if (!isThere()) {
            settings.alone(keys.chip, keys.details());
            return;
        }
        settings.together(List.of(keys.chip, keys.milliohm, keys.positive));
        List<Key<?>> wires = List.of(wired.port, wired.tcp, wired.rtuTcp);
        wires.stream()
                .filter(settings::has)
                .findFirst()
                .ifPresentOrElse(
                        wire -> settings.wrong(
                                keys.chip,
                                "cannot be given together with " + wire.name() + ": keep the one that is wired"),
                        this::checkNoWire);
        settings.given(keys.chip).ifPresent(this::checkChip);
    }

    private void checkNoWire() {
        List.of(wired.profile, wired.unit, wired.baud).stream()
                .filter(settings::has)
                .forEach(key ->
                        settings.wrong(key, "is for a device on a wire: take it away, or shunt", keys.chip.example()));
    }

    private void checkChip(ShuntChip chip) {
        String name = chip.name().toLowerCase(Locale.ROOT);
        settings.given(keys.address)
                .filter(address -> !chip.hasAddress(address))
                .ifPresent(address -> settings.wrong(
                        keys.address,
                        "is 0x" + Integer.toHexString(address) + ": an " + name + " can only be at 0x40 to 0x43"));
        settings.given(keys.channel)
                .filter(channel -> !chip.hasChannel(channel))
                .ifPresent(channel -> settings.wrong(keys.channel, "is " + channel + ": an " + name + " has only 1"));
    }

    NodeConfig.Monitor.Shunt build() {
        return new NodeConfig.Monitor.Shunt(
                settings.must(keys.chip),
                settings.given(keys.bus),
                settings.must(keys.address),
                settings.must(keys.channel),
                settings.must(keys.milliohm) * MILLI,
                settings.must(keys.positive));
    }
}
