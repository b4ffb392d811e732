package hansa.federation.compute;

import hansa.cloud.CloudName;
import hansa.cloud.PowerAction;
import hansa.cloud.RemoteId;
import hansa.cloud.Size;
import hansa.cloud.Token;
import hansa.federation.compute.MachineWork.Capture;
import hansa.federation.compute.MachineWork.Plug;
import hansa.federation.compute.MachineWork.Stage;
import hansa.federation.sites.FlavourId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A machine while it is being changed, by one thread, inside one unit of work. */
final class MachineEdit {

    private final Row<Machine, MachineWork> before;
    CloudName cloud;
    Optional<String> account;
    String title;
    String summary;
    Optional<String> hostname;
    Optional<FlavourId> flavour;
    Size size;
    Desired desired;
    MachineState state;
    final List<NicLink> nics;
    final List<VolumeLink> volumes;
    final Set<String> tags;
    Optional<Instant> restartAsked;
    Optional<Instant> restarted;
    Instant observed;

    Token token;
    Optional<RemoteId> remote;
    Stage stage;
    long wish;
    boolean open;
    Optional<PowerAction> by;
    Optional<PowerAction> restart;
    Size actualSize;
    Optional<FlavourId> actualFlavour;
    final List<Capture> captures;
    final Map<LinkId, Plug> plugs;
    String trouble;
    String note;
    Optional<String> notice;
    Instant since;
    Optional<Course> course;
    long seen;

    MachineEdit(Row<Machine, MachineWork> row) {
        before = row;
        Machine machine = row.resource();
        cloud = machine.cloud();
        account = machine.account();
        title = machine.title();
        summary = machine.summary();
        hostname = machine.hostname();
        flavour = machine.flavour();
        size = machine.size();
        desired = machine.desired();
        state = machine.state();
        nics = new ArrayList<>(machine.nics());
        volumes = new ArrayList<>(machine.volumes());
        tags = new LinkedHashSet<>(machine.tags());
        restartAsked = machine.restartAsked();
        restarted = machine.restarted();
        observed = machine.observed();
        MachineWork work = row.work();
        token = work.token();
        remote = work.remote();
        stage = work.stage();
        wish = work.wish();
        open = work.open();
        by = work.by();
        restart = work.restart();
        actualSize = work.actualSize();
        actualFlavour = work.actualFlavour();
        captures = new ArrayList<>(work.captures());
        plugs = new LinkedHashMap<>(work.plugs());
        trouble = work.trouble();
        note = work.note();
        notice = work.notice();
        since = work.since();
        course = work.course();
        seen = row.seen();
    }

    Machine before() {
        return before.resource();
    }

    Token token() {
        return before.work().token();
    }

    /** A new wish of the owner: what was given up before may be tried again. */
    void wish(Instant now) {
        wish++;
        since = now;
        trouble = "";
        note = "";
    }

    /** A restart that is under way is not waited for any more. */
    void dropRestart() {
        restart = Optional.empty();
        restartAsked = Optional.empty();
    }

    void nic(LinkId id, UnaryOperator<NicLink> change) {
        nics.replaceAll(nic -> nic.id().equals(id) ? change.apply(nic) : nic);
    }

    void volume(LinkId id, UnaryOperator<VolumeLink> change) {
        volumes.replaceAll(link -> link.id().equals(id) ? change.apply(link) : link);
    }

    void drop(LinkId id) {
        nics.removeIf(nic -> nic.id().equals(id));
        volumes.removeIf(link -> link.id().equals(id));
        plugs.remove(id);
    }

    /** The row as it was where nothing changed; otherwise a new one whose generation rose if callers can see it. */
    Row<Machine, MachineWork> build(Instant now) {
        Machine old = before.resource();
        Machine same = machine(old.changed(), old.observed(), old.generation());
        MachineWork work = work();
        boolean visible = !same.equals(old);
        if (!visible && work.equals(before.work()) && seen == before.seen()) {
            return before;
        }
        Machine machine = visible ? machine(now, observed, old.generation() + 1) : old;
        return new Row<>(machine, work, seen, before.version() + 1);
    }

    private Machine machine(Instant changed, Instant lastObserved, long generation) {
        Machine old = before.resource();
        return new Machine(
                old.id(),
                old.owner(),
                old.vo(),
                cloud,
                account,
                title,
                summary,
                hostname,
                old.image(),
                flavour,
                size,
                old.architecture(),
                desired,
                state,
                message(),
                nics,
                volumes,
                old.sshKeys(),
                old.hasUserData(),
                tags,
                old.created(),
                restartAsked,
                restarted,
                changed,
                lastObserved,
                generation);
    }

    private String message() {
        String own = trouble.isEmpty() ? note : trouble;
        return notice.map(text -> own.isEmpty() ? text : text + " " + own).orElse(own);
    }

    private MachineWork work() {
        return new MachineWork(
                token,
                remote,
                stage,
                wish,
                open,
                by,
                restart,
                actualSize,
                actualFlavour,
                captures,
                plugs,
                trouble,
                note,
                notice,
                since,
                course);
    }
}
