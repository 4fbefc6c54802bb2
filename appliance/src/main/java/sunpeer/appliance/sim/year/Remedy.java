package sunpeer.appliance.sim.year;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;

/**
 * The smallest panel, and the smallest battery, that alone would make a system reach its goal. Immutable.
 *
 * @param panelW empty if no panel of a usual size is enough
 * @param batteryAh empty if no battery of a usual size is enough
 */
public record Remedy(OptionalDouble panelW, OptionalDouble batteryAh) {
    /** Takes some years to find out: each size is run. */
    public static Remedy search(Plant plant, Goal goal, LocalDate first, int days) {
        List<Double> panels = Sizes.PANELS_W.stream()
                .filter(watts -> watts > plant.panel().wattsStc())
                .toList();
        List<Double> batteries = Sizes.BATTERIES_AH.stream()
                .filter(ampereHours -> ampereHours > plant.battery().capacityAh())
                .toList();
        return new Remedy(
                smallest(panels, plant::withPanelW, goal, first, days),
                smallest(batteries, plant::withCapacityAh, goal, first, days));
    }

    /** More does not harm, so the sizes are halved. */
    private static OptionalDouble smallest(
            List<Double> sizes, DoubleFunction<Plant> with, Goal goal, LocalDate first, int days) {
        int enough = sizes.size() - 1;
        if (enough < 0 || !reaches(with.apply(sizes.get(enough)), goal, first, days)) {
            return OptionalDouble.empty();
        }
        int low = 0;
        while (low < enough) {
            int middle = (low + enough) / 2;
            if (reaches(with.apply(sizes.get(middle)), goal, first, days)) {
                enough = middle;
            } else {
                low = middle + 1;
            }
        }
        return OptionalDouble.of(sizes.get(enough));
    }

    private static boolean reaches(Plant plant, Goal goal, LocalDate first, int days) {
        Report report = SimulatedYear.run(plant, first, days, goal.watch(days));
        return goal.missedBy(report, days).isEmpty();
    }

    /** One sentence for people. */
    public String text(Plant plant) {
        String panel = panelW.isPresent() ? "a panel of " + number(panelW.getAsDouble()) + " W" : "";
        String battery = batteryAh.isPresent() ? "a battery of " + number(batteryAh.getAsDouble()) + " Ah" : "";
        if (!panel.isEmpty() && !battery.isEmpty()) {
            return "Either " + panel + " or " + battery + " would mend it.";
        }
        if (!panel.isEmpty()) {
            return "With this battery " + panel + " would mend it; no larger battery alone would.";
        }
        if (!battery.isEmpty()) {
            return "With this panel " + battery + " would mend it; no larger panel alone would.";
        }
        String sleep = plant.board().sleeps() ? "" : ", and whether the board may sleep";
        return "Neither a panel up to " + number(Sizes.PANELS_W.getLast()) + " W nor a battery up to "
                + number(Sizes.BATTERIES_AH.getLast()) + " Ah alone would mend it: see sunpeer size for both together"
                + sleep + ".";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.0f", value);
    }
}
