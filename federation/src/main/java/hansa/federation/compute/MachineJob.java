package hansa.federation.compute;

import hansa.cloud.Cloud;
import hansa.cloud.CloudException;
import hansa.cloud.CloudName;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteState;
import hansa.cloud.Resizing;
import hansa.federation.sites.CloudAccess;
import hansa.kernel.jobs.JobHandler;
import hansa.kernel.jobs.Outcome;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Works off the difference between what is wanted of a machine and what is at its cloud: looks, lets {@link Plan} decide,
 * does one thing, and looks again. Nothing that it needs is in memory only, so it may end anywhere and begin again.
 */
final class MachineJob implements JobHandler {

    private static final int STEPS = 32;

    private final MachineWriter writer;
    private final MachineSteps steps;
    private final MachineMoves moves;
    private final CloudAccess clouds;

    MachineJob(MachineWriter writer, MachineSteps steps, MachineMoves moves, CloudAccess clouds) {
        this.writer = writer;
        this.steps = steps;
        this.moves = moves;
        this.clouds = clouds;
    }

    @Override
    public Outcome run(String subject, int attempt) {
        MachineId id = new MachineId(subject);
        Optional<Row<Machine, MachineWork>> found = writer.read(id);
        Optional<RemoteMachine> told = Optional.empty();
        Set<LinkId> waiting = new HashSet<>();
        Set<Step> taken = new HashSet<>();
        boolean progress = false;
        boolean secondLook = attempt == 1;
        for (int i = 0; i < STEPS && found.isPresent(); i++) {
            Row<Machine, MachineWork> row = found.get();
            Optional<RemoteMachine> remote;
            try {
                if (MachineMoves.isLeaving(row)) {
                    Optional<Outcome> next = moves.step(row, this::look);
                    if (next.isPresent()) {
                        return next.get();
                    }
                    told = Optional.empty();
                    taken.clear();
                    found = writer.read(id);
                    continue;
                }
                remote = told.isPresent() ? told : look(row);
            } catch (CloudException e) {
                return steps.refused(row, Optional.empty(), e, attempt);
            }
            told = Optional.empty();
            if (remote.filter(there -> there.state() == RemoteState.FAILED).isPresent()
                    && moves.diedForRoom(row, remote.get())) {
                found = writer.read(id);
                continue;
            }
            found = writer.observed(row, remote, progress);
            if (found.isEmpty()) {
                return Outcome.DONE;
            }
            row = found.get();
            Step step = Plan.next(row.resource(), row.work(), remote, resizeNeedsStop(row), waiting);
            if (taken.contains(step)) {
                // It was asked for and does not show yet; asking faster makes no cloud faster.
                return again(row);
            }
            try {
                switch (steps.take(row, step)) {
                    case MachineSteps.Taken.Moved(Optional<RemoteMachine> answer) -> {
                        told = answer;
                        progress = true;
                        waiting.clear();
                        taken.add(step);
                    }
                    case MachineSteps.Taken.Blocked(LinkId link) -> waiting.add(link);
                    case MachineSteps.Taken.Waits _ -> {
                        return again(row);
                    }
                    case MachineSteps.Taken.Nothing _ -> {
                        steps.quiet(row);
                        return waiting.isEmpty() ? Outcome.DONE : again(row);
                    }
                    case MachineSteps.Taken.Gone _ -> {
                        return Outcome.DONE;
                    }
                }
            } catch (CloudException.Unavailable e) {
                // Whether it took effect is unknown; most often a second look tells at once.
                if (!secondLook) {
                    return steps.refused(row, Optional.of(step), e, attempt);
                }
                secondLook = false;
            } catch (CloudException e) {
                return steps.refused(row, Optional.of(step), e, attempt);
            }
            found = writer.read(id);
        }
        return found.isEmpty() ? Outcome.DONE : new Outcome.Again(Duration.ZERO);
    }

    private Outcome again(Row<Machine, MachineWork> row) {
        return new Outcome.Again(Pace.after(row.work().since(), writer.now()));
    }

    /** By the cloud's id where it is known, else by the token: never by assumption. */
    private Optional<RemoteMachine> look(Row<Machine, MachineWork> row) {
        CloudName cloud = row.resource().cloud();
        Optional<RemoteId> known = row.work().remote();
        if (known.isPresent()) {
            try {
                return Optional.of(clouds.call(cloud, "read", opened -> opened.read(known.get())));
            } catch (CloudException.NotFound e) {
                // Another one with the same token may be left; that is what is looked for next.
                return byToken(cloud, row.work());
            }
        }
        return byToken(cloud, row.work());
    }

    private Optional<RemoteMachine> byToken(CloudName cloud, MachineWork work) {
        return clouds.call(cloud, "find", (Cloud opened) -> opened.findByToken(work.token()));
    }

    private boolean resizeNeedsStop(Row<Machine, MachineWork> row) {
        CloudName cloud = row.resource().cloud();
        boolean resizing = !row.resource().size().equals(row.work().actualSize())
                || !row.resource().flavour().equals(row.work().actualFlavour());
        return resizing
                && clouds.has(cloud, Resizing.class)
                && clouds.call(cloud, Resizing.class, "resize-terms", Resizing::needsStop);
    }
}
