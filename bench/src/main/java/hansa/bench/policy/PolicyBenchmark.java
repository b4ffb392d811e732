package hansa.bench.policy;

import static java.util.Objects.requireNonNull;

import hansa.federation.audit.Audit;
import hansa.federation.audit.AuditLog;
import hansa.federation.audit.AuditSettings;
import hansa.federation.caller.Caller;
import hansa.federation.caller.Proof;
import hansa.federation.caller.Scope;
import hansa.federation.policy.Action;
import hansa.federation.policy.Policy;
import hansa.federation.policy.Rules;
import hansa.federation.policy.Verdict;
import hansa.policy.AccessRequest;
import hansa.policy.AccessRequest.Resource;
import hansa.policy.BadPolicy;
import hansa.policy.Decision;
import hansa.policy.Pdp;
import hansa.protocols.voms.Fqan;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.xml.bind.JAXBException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A decision about a machine of somebody who is no operator, with two groups. The bar is 20 µs. Where decisions are taken
 * down, they are asked for as fast as the log is written, so that the writing is in the figure.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(org.openjdk.jmh.annotations.Scope.Benchmark)
public class PolicyBenchmark {

    private static final String ORGANISATION = "vo.example.org";
    private static final int SEGMENT = 16 << 20;

    private static final Caller CALLER = new Caller(
            "/DC=org/DC=example/CN=Somebody",
            "/DC=org/DC=example/CN=Authority",
            "Somebody",
            List.of(Fqan.parse("/" + ORGANISATION), Fqan.parse("/" + ORGANISATION + "/analysis/Role=vm_operator")),
            Optional.of(ORGANISATION),
            Proof.PROXY,
            false,
            Scope.ALL);
    private static final Map<String, String> ATTRIBUTES = Map.of("cloud", "sim", "image", "debian", "flavour", "small");
    private static final Resource MACHINE = new Resource(
            "machine",
            "0198f0a2-7c00-7000-8000-000000000001",
            Optional.of(CALLER.id()),
            Optional.of(ORGANISATION),
            ATTRIBUTES);
    private static final Resource WANTED =
            new Resource("machine", "", Optional.of(CALLER.id()), Optional.of(ORGANISATION), ATTRIBUTES);

    private static final Map<String, Decision> TABLE = Map.of(
            "machine.read", new Decision.Permit("owner", List.of()),
            "machine.create", new Decision.Permit("member-creates", List.of()),
            "machine.delete", new Decision.Permit("owner", List.of()));

    private final Clock clock = Examples.noon();
    private final AccessRequest read = request(Action.MACHINE_READ, MACHINE);
    private final AccessRequest create = request(Action.MACHINE_CREATE, WANTED);
    private final Policy unwritten = new Policy(clock, Audit.NONE);
    private Optional<Running> running = Optional.empty();

    /** What has to be opened. */
    private record Running(
            List<AuditLog> logs,
            Policy builtIn,
            Pdp xacml,
            Policy withXacml,
            PlainXacml plainRead,
            PlainXacml plainCreate) {}

    private AccessRequest request(Action action, Resource resource) {
        return new AccessRequest(Policy.subject(CALLER), action.dotted(), resource, clock.instant());
    }

    @Setup
    public void open() throws IOException, BadPolicy, JAXBException {
        Path folder = Files.createTempDirectory("hansa-bench");
        AuditLog first = log(folder.resolve("built-in"));
        AuditLog second = log(folder.resolve("xacml"));
        Pdp xacml = Examples.xacml();
        Policy withXacml = new Policy(clock, second);
        withXacml.use(new Rules(Optional.empty(), Optional.of(xacml)));
        running = Optional.of(new Running(
                List.of(first, second),
                new Policy(clock, first),
                xacml,
                withXacml,
                new PlainXacml(Examples.files(), "machine.read", ORGANISATION),
                new PlainXacml(Examples.files(), "machine.create", ORGANISATION)));
    }

    private static AuditLog log(Path folder) {
        return AuditLog.open(new AuditSettings(folder, SEGMENT, 2 * SEGMENT), new SimpleMeterRegistry());
    }

    @TearDown
    public void close() {
        running.ifPresent(parts -> parts.logs().forEach(AuditLog::close));
    }

    /** The limit: an answer that somebody knows already. */
    @Benchmark
    public Decision lookUp() {
        return requireNonNull(TABLE.get(Action.MACHINE_READ.dotted()));
    }

    /** What is asked, put together. */
    @Benchmark
    public AccessRequest question() {
        return request(Action.MACHINE_READ, MACHINE);
    }

    @Benchmark
    public Verdict builtInRead() {
        return Rules.BUILT_IN.decide(read);
    }

    @Benchmark
    public Verdict builtInCreate() {
        return Rules.BUILT_IN.decide(create);
    }

    /** The question and the rules, not taken down. */
    @Benchmark
    public boolean unwrittenRead() {
        return unwritten.permits(CALLER, Action.MACHINE_READ, MACHINE);
    }

    /** Taken down, synced once a second. */
    @Benchmark
    public boolean writtenRead() {
        return running.orElseThrow().builtIn().permits(CALLER, Action.MACHINE_READ, MACHINE);
    }

    /** Taken down, synced batch by batch. */
    @Benchmark
    public boolean writtenCreate() {
        return running.orElseThrow().builtIn().permits(CALLER, Action.MACHINE_CREATE, WANTED);
    }

    @Benchmark
    public Decision xacmlRead() {
        return running.orElseThrow().xacml().decide(read);
    }

    @Benchmark
    public Decision xacmlCreate() {
        return running.orElseThrow().xacml().decide(create);
    }

    @Benchmark
    public boolean writtenXacmlRead() {
        return running.orElseThrow().withXacml().permits(CALLER, Action.MACHINE_READ, MACHINE);
    }

    @Benchmark
    public boolean writtenXacmlCreate() {
        return running.orElseThrow().withXacml().permits(CALLER, Action.MACHINE_CREATE, WANTED);
    }

    @Benchmark
    public Object authzForceAloneRead() {
        return running.orElseThrow().plainRead().evaluate();
    }

    @Benchmark
    public Object authzForceAloneCreate() {
        return running.orElseThrow().plainCreate().evaluate();
    }
}
