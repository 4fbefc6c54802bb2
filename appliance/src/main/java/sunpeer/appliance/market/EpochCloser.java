package sunpeer.appliance.market;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import sunpeer.appliance.market.yuma.BondRule;
import sunpeer.appliance.market.yuma.Epoch;
import sunpeer.appliance.market.yuma.EpochResult;
import sunpeer.appliance.market.yuma.Neuron;
import sunpeer.appliance.market.yuma.SubnetState;
import sunpeer.appliance.market.yuma.YumaParameters;

/**
 * Runs Yuma on the books. The arithmetic is the chain's, in {@link Epoch}; what is ours are these rules, all of them chosen
 * for clusters of a few solar peers:
 *
 * <ul>
 *   <li>kappa is one half less the largest active stake share: at the chain's 1/2 a minority that votes only for itself
 *       takes most of a small cluster;
 *   <li>a peer without a sheet counts as inactive, where the chain counts a newcomer as active and its silence as zeros;
 *   <li>an epoch with fewer than two sheets mints nothing: one voice is no consensus, and nights earn nothing;
 *   <li>an epoch without any consensus mints nothing, where the chain pays by stake;
 *   <li>what rounding leaves over is carried to the next epoch that pays.
 * </ul>
 */
final class EpochCloser {
    static final int SHEETS_MIN = 2;

    private static final int BONDS_MOVING_AVERAGE = 900_000;
    private static final int VALIDATORS_MAX = 64;

    private EpochCloser() {}

    /**
     * The books after an epoch, without its digest.
     *
     * @param result of Yuma; null when it did not run
     */
    record Closed(
            List<Account> accounts,
            List<Long> rewardsMicro,
            long carriedMicro,
            @Nullable EpochResult result,
            String why) {
        Closed {
            accounts = List.copyOf(accounts);
            rewardsMicro = List.copyOf(rewardsMicro);
        }

        long mintedMicro() {
            return rewardsMicro.stream().mapToLong(Long::longValue).sum();
        }
    }

    static Closed close(
            Rules rules, long epoch, List<Peer> peers, List<Account> accounts, int sheets, long carriedMicro) {
        List<Long> nothing = Collections.nCopies(peers.size(), 0L);
        if (sheets < SHEETS_MIN) {
            String why = sheets == 0 ? "no scores, nothing minted" : "one score sheet is no consensus, nothing minted";
            return new Closed(accounts, nothing, carriedMicro, null, why);
        }
        long offered = rules.emissionMicro() + carriedMicro;
        EpochResult result = Epoch.run(state(rules, epoch, peers, accounts), offered);
        boolean consensus = result.outcomes().stream().anyMatch(o -> o.incentive() > 0 || o.dividends() > 0);
        List<Account> after = new ArrayList<>();
        List<Long> rewards = new ArrayList<>();
        for (int uid = 0; uid < peers.size(); uid++) {
            var outcome = result.outcomes().get(uid);
            long reward = consensus ? outcome.serverEmission() + outcome.validatorEmission() : 0;
            rewards.add(reward);
            after.add(accounts.get(uid).afterEpoch(outcome.permit(), outcome.bonds(), reward));
        }
        long carried = consensus
                ? offered - rewards.stream().mapToLong(Long::longValue).sum()
                : carriedMicro;
        String why = consensus ? "" : "permits granted, no consensus yet, nothing minted";
        return new Closed(after, rewards, carried, result, why);
    }

    private static SubnetState state(Rules rules, long epoch, List<Peer> peers, List<Account> accounts) {
        List<Neuron> neurons = new ArrayList<>();
        for (int uid = 0; uid < peers.size(); uid++) {
            Account account = accounts.get(uid);
            neurons.add(new Neuron(
                    account.stakeMicro(),
                    account.lastSheetEpoch() < 0 ? 0 : block(rules, account.lastSheetEpoch()),
                    block(rules, peers.get(uid).joinedEpoch()),
                    account.permit(),
                    Neuron.NO_COMMIT,
                    account.weights(),
                    account.bonds()));
        }
        long lastStep = epoch == 0 ? 0 : block(rules, epoch - 1);
        return new SubnetState(
                block(rules, epoch), lastStep, OptionalInt.empty(), neurons, parameters(rules, epoch, accounts));
    }

    /** Epochs as the chain's blocks, shifted so that block 0, "never", is beyond the cutoff from the first epoch on. */
    private static long block(Rules rules, long epoch) {
        return epoch + rules.activityCutoffEpochs() + 2;
    }

    private static YumaParameters parameters(Rules rules, long epoch, List<Account> accounts) {
        long total = 0;
        long largest = 0;
        for (Account account : accounts) {
            boolean active = account.lastSheetEpoch() >= 0
                    && account.lastSheetEpoch() + rules.activityCutoffEpochs() >= epoch
                    && account.permit();
            if (active) {
                total += account.stakeMicro();
                largest = Math.max(largest, account.stakeMicro());
            }
        }
        // floor(65535 * (1/2 - largest / total)) without overflow, and never below zero.
        BigInteger kappa = total == 0
                ? BigInteger.valueOf(65_535 / 2)
                : BigInteger.valueOf(total)
                        .subtract(BigInteger.valueOf(largest).shiftLeft(1))
                        .max(BigInteger.ZERO)
                        .multiply(BigInteger.valueOf(65_535))
                        .divide(BigInteger.valueOf(total).shiftLeft(1));
        return new YumaParameters(
                kappa.intValueExact(),
                65_535,
                BONDS_MOVING_AVERAGE,
                rules.activityCutoffEpochs(),
                0,
                VALIDATORS_MAX,
                1,
                new BondRule.Classic());
    }
}
