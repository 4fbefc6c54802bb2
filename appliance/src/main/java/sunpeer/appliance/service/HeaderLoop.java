package sunpeer.appliance.service;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import sunpeer.appliance.config.Header;
import sunpeer.appliance.node.NodeView;
import sunpeer.drivers.Value;
import sunpeer.drivers.board.Board;
import sunpeer.drivers.board.BoardModel;
import sunpeer.drivers.board.Button;
import sunpeer.drivers.board.GpioLine;
import sunpeer.drivers.board.Input;
import sunpeer.drivers.board.LoadRelay;
import sunpeer.drivers.board.Output;
import sunpeer.drivers.board.Thermometer;

/**
 * What hangs on the board's header: switches light, fan and relay as {@link HeaderRule} says, and looks at the button. What is
 * missing is told once and tried again each second. Confined to the thread that runs it.
 */
final class HeaderLoop {
    private static final long DECIDE_MILLIS = 1000;
    /** A button bounces for less and nobody presses for less. */
    private static final long LOOK_MILLIS = 20;
    /** On a Raspberry Pi and a Jetson. */
    private static final String CPU = "cpu-thermal";

    /** Something on a pin, and whether people know that it is missing. */
    private record Part<T>(T thing, Outage outage) {}

    private final BoardModel model;
    private final Consumer<String> tell;
    private final HeaderRule rule;
    private final Supplier<NodeView> view;
    private final InstantSource clock;
    private final Runnable stop;
    private final Optional<Part<Output>> light;
    private final Optional<Part<Output>> fan;
    private final Optional<Part<LoadRelay>> relay;
    private final Optional<Part<Input>> button;
    private final Part<Thermometer> cpu;
    private final Button presses = new Button();

    private HeaderRule.Switches switches = HeaderRule.Switches.AT_START;
    private long decideAt;
    private boolean isFed;
    /** Whether the light is lit; nothing when it has still to be set, or could not be within this second. */
    private @Nullable Boolean lit;

    private boolean lightFailed;
    private boolean buttonFailed;

    /**
     * @param view the newest; asked on the thread that runs this
     * @param tell takes one line for people
     * @param stop ends the service, in order
     */
    HeaderLoop(
            Header header,
            Board board,
            BoardModel model,
            HeaderRule rule,
            Supplier<NodeView> view,
            InstantSource clock,
            Consumer<String> tell,
            Runnable stop) {
        this.model = model;
        this.tell = tell;
        this.rule = rule;
        this.view = view;
        this.clock = clock;
        this.stop = stop;
        this.light = header.ledPin()
                .flatMap(pin -> line("led_pin", pin))
                .map(line -> part(board.output(line, false), "the status light"));
        this.fan = header.fan()
                .flatMap(one -> line("fan_pin", one.pin()))
                .map(line -> part(board.output(line, false), "the fan"));
        this.relay = header.relay()
                .flatMap(one -> line("relay_pin", one.pin())
                        .map(line -> part(new LoadRelay(board.output(line, one.activeLow())), "the load relay")));
        this.button = header.buttonPin()
                .flatMap(pin -> line("button_pin", pin))
                .map(line -> part(board.input(line), "the button"));
        this.cpu = new Part<>(
                board.thermalZone(CPU),
                new Outage(
                        "the processor's temperature cannot be read, so the fan runs",
                        "the processor's temperature can be read again",
                        tell));
    }

    private Optional<GpioLine> line(String key, int pin) {
        Optional<GpioLine> line = model.line(pin);
        if (line.isEmpty()) {
            tell.accept(key + " = " + pin + " is left alone: that pin is no GPIO on a " + model
                    + ", give another one under [board]");
        }
        return line;
    }

    private <T> Part<T> part(T thing, String name) {
        return new Part<>(thing, new Outage(name + " cannot be used", name + " can be used again", tell));
    }

    /** Runs until it is interrupted; then everything is off. */
    void run() throws InterruptedException {
        long began = System.nanoTime();
        try {
            relay.ifPresent(one -> one.outage().now(one.thing().begin()));
            while (true) {
                Thread.sleep(Duration.ofMillis(
                        step(Duration.ofNanos(System.nanoTime() - began).toMillis())));
            }
        } finally {
            light.ifPresent(one -> one.thing().close());
            fan.ifPresent(one -> one.thing().close());
            relay.ifPresent(one -> one.thing().close());
            button.ifPresent(one -> one.thing().close());
        }
    }

    /**
     * @param millis since the begin, by a clock that never jumps
     * @return how long nothing is to be done
     */
    private long step(long millis) {
        if (millis >= decideAt) {
            decideAt = millis + DECIDE_MILLIS;
            lightFailed = false;
            buttonFailed = false;
            decide(clock.instant());
        }
        light.filter(_ -> !lightFailed)
                .ifPresent(one -> show(one, switches.light().isLitAt(millis)));
        button.filter(_ -> !buttonFailed).ifPresent(one -> look(one, millis));
        long nap = decideAt - millis;
        if (button.isPresent() && !buttonFailed) {
            nap = Math.min(nap, LOOK_MILLIS);
        }
        return light.isPresent() && !lightFailed
                ? Math.min(nap, switches.light().millisToChange(millis))
                : nap;
    }

    private void decide(Instant now) {
        switches = rule.next(switches, view.get(), fan.isPresent() ? cpuC() : Value.ABSENT, now);
        fan.ifPresent(one -> one.outage().now(one.thing().set(switches.fan())));
        relay.ifPresent(one -> feed(one, now));
    }

    private Value cpuC() {
        return switch (cpu.thing().read()) {
            case Thermometer.Climate.Ok(Value celsius, Value _) -> {
                cpu.outage().now(Optional.empty());
                yield celsius;
            }
            case Thermometer.Climate.Failed(var fault) -> {
                cpu.outage().now(Optional.of(fault));
                yield Value.ABSENT;
            }
        };
    }

    private void feed(Part<LoadRelay> one, Instant now) {
        switch (one.thing().set(switches.load(), now)) {
            case LoadRelay.Switching.Done(boolean on) -> {
                one.outage().now(Optional.empty());
                if (on != isFed) {
                    tell.accept((on ? "feeds the load: " : "feeds the load no more: ") + charge(view.get()));
                    isFed = on;
                }
            }
            case LoadRelay.Switching.TooSoon _ -> {}
            case LoadRelay.Switching.Failed(var fault) -> one.outage().now(Optional.of(fault));
        }
    }

    private void show(Part<Output> one, boolean on) {
        if (lit == null || lit != on) {
            var fault = one.thing().set(on);
            one.outage().now(fault);
            lightFailed = fault.isPresent();
            lit = lightFailed ? null : on;
        }
    }

    private void look(Part<Input> one, long millis) {
        switch (one.thing().read()) {
            case Input.Level.Is(boolean closed) -> {
                one.outage().now(Optional.empty());
                presses.look(closed, millis).ifPresent(this::pressed);
            }
            case Input.Level.Failed(var fault) -> {
                one.outage().now(Optional.of(fault));
                buttonFailed = true;
            }
        }
    }

    private void pressed(Button.Press press) {
        NodeView now = view.get();
        switch (press) {
            case SHORT ->
                tell.accept("button: " + now.reason().text() + "; " + charge(now) + "; "
                        + (now.online() ? "" : "offline, ") + now.link());
            case LONG -> {
                tell.accept("button held for three seconds: the service stops");
                stop.run();
            }
        }
    }

    private static String charge(NodeView view) {
        return view.battery()
                .soc()
                .map(soc ->
                        String.format(Locale.ROOT, "battery %.0f %% ± %.0f", 100 * soc.fraction(), 100 * soc.sigma()))
                .orElse("charge unknown");
    }
}
