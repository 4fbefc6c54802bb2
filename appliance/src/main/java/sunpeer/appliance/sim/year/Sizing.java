package sunpeer.appliance.sim.year;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/**
 * Looks for the cheapest panel and battery that reach a goal.
 *
 * <p>Batteries are tried from the smallest up, each with the panels that make a pair cheaper than the best so far; between the
 * largest of them and none the smallest that is enough is found by halving, for more panel does not harm. Confined to one thread.
 */
public final class Sizing {
    /**
     * What panel and battery cost.
     *
     * @param panelPerW any money for each watt of the label
     * @param batteryPerWh the same money for each watt-hour of the label
     */
    public record Prices(double panelPerW, double batteryPerWh) {
        public Prices {
            if (!(panelPerW >= 0 && batteryPerWh >= 0)) {
                throw new IllegalArgumentException("no prices: " + panelPerW + ", " + batteryPerWh);
            }
        }
    }

    /**
     * A panel with a battery.
     *
     * @param fails why it does not reach the goal; empty if it does
     * @param report of the year, or of its days until the goal was lost
     */
    public record Candidate(double panelW, double batteryAh, double price, Optional<String> fails, Report report) {}

    private final Plant plant;
    private final Goal goal;
    private final Prices prices;
    private final LocalDate first;
    private final int days;
    private final Consumer<Candidate> progress;
    private final List<Candidate> tried = new ArrayList<>();

    private Sizing(Plant plant, Goal goal, Prices prices, LocalDate first, int days, Consumer<Candidate> progress) {
        this.plant = plant;
        this.goal = goal;
        this.prices = prices;
        this.first = first;
        this.days = days;
        this.progress = progress;
    }

    /**
     * Runs year after year.
     *
     * @param plant whose panel and battery are replaced; mounting, chemistry and voltage stay
     * @param progress hears each pair when it is done
     * @return all pairs that were tried: those that reach the goal by their price, then the others, the nearest to the cheapest
     *     price first
     */
    public static List<Candidate> search(
            Plant plant, Goal goal, Prices prices, LocalDate first, int days, Consumer<Candidate> progress) {
        Sizing sizing = new Sizing(plant, goal, prices, first, days, progress);
        sizing.search();
        double cheapest = sizing.tried.stream()
                .filter(pair -> pair.fails().isEmpty())
                .mapToDouble(Candidate::price)
                .min()
                // Where none is enough, the dearest comes nearest.
                .orElse(1e12);
        return sizing.tried.stream()
                .sorted(Comparator.<Candidate, Boolean>comparing(
                                pair -> pair.fails().isPresent())
                        .thenComparingDouble(
                                pair -> pair.fails().isEmpty() ? pair.price() : Math.abs(cheapest - pair.price())))
                .toList();
    }

    private void search() {
        double best = Double.MAX_VALUE;
        Optional<Candidate> chosen = Optional.empty();
        for (double ampereHours : Sizes.BATTERIES_AH) {
            Optional<Candidate> cheaper = smallestPanel(ampereHours, best);
            if (cheaper.isPresent()) {
                best = cheaper.get().price();
                chosen = cheaper;
            }
        }
        chosen.ifPresent(this::showNeighbours);
    }

    /** The smallest panel that is enough with a battery, among those that make a pair below a price. */
    private Optional<Candidate> smallestPanel(double batteryAh, double below) {
        List<Double> panels = Sizes.PANELS_W.stream()
                .filter(panelW -> price(panelW, batteryAh) < below)
                .toList();
        if (panels.isEmpty()) {
            return Optional.empty();
        }
        Candidate found = tried(panels.getLast(), batteryAh);
        if (found.fails().isPresent()) {
            return Optional.empty();
        }
        int low = 0;
        int enough = panels.size() - 1;
        while (low < enough) {
            int middle = (low + enough) / 2;
            Candidate pair = tried(panels.get(middle), batteryAh);
            if (pair.fails().isEmpty()) {
                enough = middle;
                found = pair;
            } else {
                low = middle + 1;
            }
        }
        return Optional.of(found);
    }

    /** What is a size smaller on either side, with the reason why it is not enough. */
    private void showNeighbours(Candidate chosen) {
        smaller(Sizes.PANELS_W, chosen.panelW()).ifPresent(panelW -> tried(panelW, chosen.batteryAh()));
        smaller(Sizes.BATTERIES_AH, chosen.batteryAh()).ifPresent(batteryAh -> tried(chosen.panelW(), batteryAh));
    }

    private static OptionalDouble smaller(List<Double> sizes, double than) {
        return sizes.stream()
                .mapToDouble(Double::doubleValue)
                .filter(size -> size < than)
                .max();
    }

    private Candidate tried(double panelW, double batteryAh) {
        for (Candidate before : tried) {
            if (before.panelW() == panelW && before.batteryAh() == batteryAh) {
                return before;
            }
        }
        Plant other = plant.withPanelW(panelW).withCapacityAh(batteryAh);
        Report report = SimulatedYear.run(other, first, days, goal.watch(days));
        Candidate pair =
                new Candidate(panelW, batteryAh, price(panelW, batteryAh), goal.missedBy(report, days), report);
        tried.add(pair);
        progress.accept(pair);
        return pair;
    }

    private double price(double panelW, double batteryAh) {
        double batteryWh = plant.withCapacityAh(batteryAh).battery().capacityWh();
        return panelW * prices.panelPerW() + batteryWh * prices.batteryPerWh();
    }
}
