package sunpeer.appliance.demo;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import sunpeer.appliance.sim.Household;

/**
 * One solar peer of the demo: its process, its simulated plant and what its page last said.
 *
 * <p>The demo's thread owns it.
 */
final class Peer {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final Household household;
    private final Path data;
    private final Plant plant;
    private final Wiring wiring;
    private final Supervised process;
    private final URI page;
    private @Nullable JsonObject state;
    private double countedWh = -1;
    private Instant countedAt = Instant.MIN;

    Peer(Household household, Path data, Plant plant, Wiring wiring, Supervised process, URI page) {
        this.household = household;
        this.data = data;
        this.plant = plant;
        this.wiring = wiring;
        this.process = process;
        this.page = page;
    }

    /**
     * Asks the page what the node is doing, and loads the simulated battery with what the board has drawn since. While the
     * node is silent its board idles.
     */
    void look(HttpClient client) throws InterruptedException {
        JsonObject seen = ask(client);
        if (seen == null) {
            countedWh = -1;
            plant.load(household.draw().idleW());
            return;
        }
        state = seen;
        Instant at = Instant.parse(seen.getString("at", "1970-01-01T00:00:00Z"));
        double wattHours = seen.getObject("work", new JsonObject()).getDouble("board_wh", 0);
        if (countedWh >= 0 && wattHours >= countedWh && at.isAfter(countedAt)) {
            double hours = Duration.between(countedAt, at).toMillis() / 3_600_000.0;
            plant.load(Math.clamp(
                    (wattHours - countedWh) / hours, 0, household.draw().activeW()));
        }
        countedWh = wattHours;
        countedAt = at;
    }

    private @Nullable JsonObject ask(HttpClient client) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(page.resolve("/api/state"))
                    .timeout(LIMIT)
                    .build();
            String body =
                    client.send(request, HttpResponse.BodyHandlers.ofString()).body();
            return JsonParser.object().from(body);
        } catch (IOException | JsonParserException notUp) {
            return null;
        }
    }

    String name() {
        return household.name();
    }

    Path data() {
        return data;
    }

    Plant plant() {
        return plant;
    }

    Wiring wiring() {
        return wiring;
    }

    Supervised process() {
        return process;
    }

    URI page() {
        return page;
    }

    /** A part of the newest state that the page told; empty if it never answered. */
    JsonObject state(String part) {
        JsonObject known = state;
        return known == null ? new JsonObject() : known.getObject(part, new JsonObject());
    }

    /** A list of the newest state that the page told; empty if it never answered. */
    JsonArray list(String part) {
        JsonObject known = state;
        return known == null ? new JsonArray() : known.getArray(part, new JsonArray());
    }
}
