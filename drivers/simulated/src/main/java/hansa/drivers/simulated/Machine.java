package hansa.drivers.simulated;

import hansa.cloud.HostGroup;
import hansa.cloud.RemoteDisk;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteNic;
import hansa.cloud.RemoteState;
import hansa.cloud.RemoteUsage;
import hansa.cloud.Size;
import hansa.cloud.Snapshots;
import hansa.cloud.Token;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A machine of the simulated cloud as its journal keeps it. What it will do by itself stands in its plan, so that its
 * state at any instant is computed and needs no timer.
 *
 * @param token empty for one that is somebody else's
 * @param goneAt when it disappears, where its deletion was asked for
 * @param host the number of the one it is on, from 0
 * @param resized since when it has its size; empty = since it was made
 */
record Machine(
        RemoteId id,
        Optional<Token> token,
        Optional<String> account,
        String name,
        RemoteId image,
        Size size,
        RemoteState state,
        String message,
        List<RemoteNic> nics,
        List<RemoteDisk> disks,
        Instant created,
        List<Step> plan,
        Guest guest,
        List<Saved> snapshots,
        Optional<Instant> goneAt,
        int host,
        Optional<HostGroup> group,
        Optional<Instant> resized) {

    Machine {
        nics = List.copyOf(nics);
        disks = List.copyOf(disks);
        plan = List.copyOf(plan);
        snapshots = List.copyOf(snapshots);
    }

    /** A snapshot, with what reverting to it restores. */
    record Saved(Snapshots.Snapshot snapshot, RemoteState state, Size size) {}

    /** As it is at that instant: the steps that were due are done. */
    Machine at(Instant now) {
        Machine machine = this;
        while (!machine.plan.isEmpty() && !machine.plan.getFirst().due().isAfter(now)) {
            machine = machine.afterNextStep();
        }
        return machine;
    }

    private Machine afterNextStep() {
        Step step = plan.getFirst();
        List<Step> rest = plan.subList(1, plan.size());
        List<Step> remaining = step.isDeath() ? List.of() : rest;
        return new Draft(this)
                .state(step.state(), step.message())
                .plan(remaining)
                .guest(guest.after(step.prints(), step.due(), addresses()))
                .build();
    }

    private List<String> addresses() {
        return nics.stream().flatMap(nic -> nic.addresses().stream()).toList();
    }

    boolean isGone(Instant now) {
        return goneAt.filter(at -> !at.isAfter(now)).isPresent();
    }

    RemoteMachine remote() {
        return new RemoteMachine(id, token, name, state, message, size, nics, disks, created, account);
    }

    /** What the books hold of it as it is now: one stretch, which goes on. */
    RemoteUsage usage() {
        return new RemoteUsage(id, token, name, size, resized.orElse(created), Optional.empty());
    }

    /** The stretch as it ends at that instant, or, where the clock was set back meanwhile, as it begins. */
    RemoteUsage usageUntil(Instant end) {
        Instant began = resized.orElse(created);
        return new RemoteUsage(id, token, name, size, began, Optional.of(end.isBefore(began) ? began : end));
    }

    /**
     * On its way to another state, which it reaches at {@code step.due()}. A death that was planned stays planned.
     */
    Machine heading(RemoteState meanwhile, Step step) {
        List<Step> steps = new ArrayList<>();
        steps.add(step);
        plan.stream().filter(Step::isDeath).forEach(steps::add);
        steps.sort((one, other) -> one.due().compareTo(other.due()));
        return new Draft(this).state(meanwhile, "").plan(steps).build();
    }

    Machine with(UnaryOperator<Draft> changes) {
        return changes.apply(new Draft(this)).build();
    }

    /** A copy in the making. */
    static final class Draft {

        private final Machine original;
        private Optional<Token> token;
        private Size size;
        private RemoteState state;
        private String message;
        private List<RemoteNic> nics;
        private List<RemoteDisk> disks;
        private List<Step> plan;
        private Guest guest;
        private List<Saved> snapshots;
        private Optional<Instant> goneAt;
        private Optional<Instant> resized;

        private Draft(Machine original) {
            this.original = original;
            this.token = original.token;
            this.size = original.size;
            this.state = original.state;
            this.message = original.message;
            this.nics = original.nics;
            this.disks = original.disks;
            this.plan = original.plan;
            this.guest = original.guest;
            this.snapshots = original.snapshots;
            this.goneAt = original.goneAt;
            this.resized = original.resized;
        }

        Draft token(Optional<Token> changed) {
            token = changed;
            return this;
        }

        Draft size(Size changed, Instant at) {
            if (!changed.equals(size)) {
                size = changed;
                resized = Optional.of(at);
            }
            return this;
        }

        Draft state(RemoteState changed, String words) {
            state = changed;
            message = words;
            return this;
        }

        Draft nics(List<RemoteNic> changed) {
            nics = changed;
            return this;
        }

        Draft disks(List<RemoteDisk> changed) {
            disks = changed;
            return this;
        }

        Draft plan(List<Step> changed) {
            plan = changed;
            return this;
        }

        Draft guest(Guest changed) {
            guest = changed;
            return this;
        }

        Draft snapshots(List<Saved> changed) {
            snapshots = changed;
            return this;
        }

        Draft goneAt(Instant at) {
            goneAt = Optional.of(at);
            return this;
        }

        private Machine build() {
            return new Machine(
                    original.id,
                    token,
                    original.account,
                    original.name,
                    original.image,
                    size,
                    state,
                    message,
                    nics,
                    disks,
                    original.created,
                    plan,
                    guest,
                    snapshots,
                    goneAt,
                    original.host,
                    original.group,
                    resized);
        }
    }
}
