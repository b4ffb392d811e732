package hansa.bench;

import eu.emi.security.authn.x509.CrlCheckingMode;
import eu.emi.security.authn.x509.NamespaceCheckingMode;
import eu.emi.security.authn.x509.OCSPCheckingMode;
import eu.emi.security.authn.x509.OCSPParametes;
import eu.emi.security.authn.x509.ProxySupport;
import eu.emi.security.authn.x509.RevocationParameters;
import eu.emi.security.authn.x509.impl.OpensslCertChainValidator;
import eu.emi.security.authn.x509.impl.ValidatorParams;
import hansa.federation.audit.Audit;
import hansa.federation.identity.Identity;
import hansa.federation.identity.IdentitySettings;
import hansa.federation.identity.Memberships;
import hansa.federation.identity.Presented;
import hansa.federation.identity.Verifiers;
import hansa.federation.policy.Policy;
import hansa.kernel.store.Store;
import hansa.kernel.store.StoreUrl;
import hansa.kernel.store.Stores;
import hansa.trust.Evidence;
import hansa.trust.kit.AnchorFolder;
import hansa.trust.kit.Credential;
import hansa.trust.kit.Order;
import hansa.trust.kit.Proxies;
import hansa.trust.kit.VomsServer;
import hansa.trust.x509.X509Settings;
import hansa.trust.x509.X509Verifier;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.italiangrid.voms.VOMSAttribute;
import org.italiangrid.voms.VOMSValidators;
import org.italiangrid.voms.ac.VOMSACValidator;
import org.italiangrid.voms.store.impl.DefaultVOMSTrustStore;

/**
 * Proxies with an attribute certificate that are authenticated in a second, keys of RSA with 2048 bits all over and a
 * revocation list of 1,000 certificates, beside canl with voms-api-java on the same chains.
 *
 * <p>Arguments, all optional: seconds per round, rounds, threads.
 */
public final class X509Benchmark {

    private static final int USERS = 64;
    private static final int REVOKED = 1_000;

    private final PrintStream out;
    private final Duration length;
    private final int rounds;
    private final int threads;

    private X509Benchmark(PrintStream out, Duration length, int rounds, int threads) {
        this.out = out;
        this.length = length;
        this.rounds = rounds;
        this.threads = threads;
    }

    /** One credential authenticated. */
    @FunctionalInterface
    private interface Work {
        void on(List<X509Certificate> chain) throws Exception;
    }

    public static void main(String[] args) throws Exception {
        Duration length = Duration.ofSeconds(args.length > 0 ? Long.parseLong(args[0]) : 3);
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        int threads = args.length > 2
                ? Integer.parseInt(args[2])
                : Runtime.getRuntime().availableProcessors();
        new X509Benchmark(System.out, length, rounds, threads).run(Files.createTempDirectory("bench"));
    }

    private void run(Path folder) throws Exception {
        Credential authority = Order.authority("/O=Grid/CN=Authority")
                .keys(Order.newRsaKeys(2048))
                .selfSigned();
        AnchorFolder anchors = new AnchorFolder(Files.createDirectories(folder.resolve("anchors"))).trust(authority);
        Path vomsdir = Files.createDirectories(folder.resolve("vomsdir"));
        VomsServer voms = new VomsServer(
                        Order.endEntity("/O=Grid/CN=voms.example.org")
                                .keys(Order.newRsaKeys(2048))
                                .signedBy(authority),
                        "testvo",
                        "voms.example.org")
                .trustedBy(vomsdir);
        anchors.revoke(authority, revoked(authority));
        List<List<X509Certificate>> chains = chains(authority, voms);

        X509Settings settings =
                new X509Settings(anchors.path(), Optional.of(vomsdir), false, true, Duration.ofMinutes(1), Set.of());
        X509Verifier verifier = new X509Verifier(settings, Clock.systemUTC());
        measure("X509Verifier, every chain verified", chains, chain -> groups(verifier.verify(chain)));
        peer(anchors, vomsdir, chains);
        remembered(folder, verifier, chains);
    }

    private static void groups(Evidence evidence) {
        if (evidence.fqans().size() != 2) {
            throw new IllegalStateException("not the groups that were given: " + evidence.fqans());
        }
    }

    private static X509Certificate[] revoked(Credential authority) {
        KeyPair pair = Order.newKeys();
        X509Certificate[] revoked = new X509Certificate[REVOKED];
        for (int i = 0; i < revoked.length; i++) {
            revoked[i] = Order.endEntity("/O=Grid/CN=Former")
                    .keys(pair)
                    .signedBy(authority)
                    .certificate();
        }
        return revoked;
    }

    private static List<List<X509Certificate>> chains(Credential authority, VomsServer voms) {
        List<List<X509Certificate>> chains = new ArrayList<>();
        KeyPair users = Order.newRsaKeys(2048);
        KeyPair proxies = Order.newRsaKeys(2048);
        for (int i = 0; i < USERS; i++) {
            Credential user =
                    Order.endEntity("/O=Grid/CN=User " + i).keys(users).signedBy(authority);
            chains.add(Proxies.carrying(
                            user,
                            List.of(voms.sign(
                                    voms.says(user.certificate(), "/testvo", "/testvo/cloud/Role=VMOperator"))))
                    .keys(proxies)
                    .signedBy(user)
                    .chain());
        }
        return chains;
    }

    private void peer(AnchorFolder anchors, Path vomsdir, List<List<X509Certificate>> chains) throws Exception {
        OpensslCertChainValidator canl = new OpensslCertChainValidator(
                anchors.path().toString(),
                true,
                NamespaceCheckingMode.EUGRIDPMA_AND_GLOBUS_REQUIRE,
                60_000,
                new ValidatorParams(
                        new RevocationParameters(CrlCheckingMode.REQUIRE, new OCSPParametes(OCSPCheckingMode.IGNORE)),
                        ProxySupport.ALLOW),
                false);
        VOMSACValidator validator =
                VOMSValidators.newValidator(new DefaultVOMSTrustStore(List.of(vomsdir.toString())), canl);
        measure("canl and voms-api-java, every chain verified", chains, chain -> {
            X509Certificate[] array = chain.toArray(X509Certificate[]::new);
            List<VOMSAttribute> found = validator.validate(array);
            if (!canl.validate(array).isValid() || found.getFirst().getFQANs().size() != 2) {
                throw new IllegalStateException("not the groups that were given");
            }
        });
        validator.shutdown();
        canl.dispose();
    }

    private void remembered(Path folder, X509Verifier verifier, List<List<X509Certificate>> chains) throws Exception {
        try (Store store =
                Stores.open(StoreUrl.parse("sqlite:" + folder.resolve("bench.db")), List.of(Identity.MIGRATIONS))) {
            Identity identity = new Identity(
                    store,
                    IdentitySettings.CLOSED,
                    new Policy(Clock.systemUTC(), Audit.NONE),
                    new Verifiers(Optional.of(verifier), List.of(), Optional.empty()),
                    Memberships.NONE,
                    Clock.systemUTC(),
                    new SimpleMeterRegistry());
            measure(
                    "Identity, sessions remembered for 30 s",
                    chains,
                    chain -> identity.authenticate(Presented.of(
                            Optional.empty(),
                            Optional.empty(),
                            chain,
                            Optional.empty(),
                            InetAddress.getLoopbackAddress())));
        }
    }

    private void measure(String what, List<List<X509Certificate>> chains, Work work) throws Exception {
        round(chains, work);
        Round[] measured = new Round[rounds];
        for (int i = 0; i < rounds; i++) {
            measured[i] = round(chains, work);
        }
        Arrays.sort(measured, Comparator.comparingDouble(Round::perProcessor));
        Round median = measured[rounds / 2];
        out.printf(
                Locale.ROOT,
                "| %s | %.0f/s | %.0f/s | %.0f to %.0f |%n",
                what,
                median.perProcessor() * threads,
                median.perSecond(),
                measured[0].perProcessor() * threads,
                measured[rounds - 1].perProcessor() * threads);
    }

    /**
     * @param perSecond by the clock on the wall
     * @param perProcessor in a second of processor time, which a busy machine does not change much
     */
    private record Round(double perSecond, double perProcessor) {}

    private record Done(long times, long processorNanos) {}

    private Round round(List<List<X509Certificate>> chains, Work work) throws Exception {
        ThreadMXBean bean = ManagementFactory.getThreadMXBean();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<Done>> counts = new ArrayList<>();
            long begun = System.nanoTime();
            long end = begun + length.toNanos();
            for (int i = 0; i < threads; i++) {
                int first = i;
                Callable<Done> task = () -> {
                    long used = bean.getCurrentThreadCpuTime();
                    long times = 0;
                    while (System.nanoTime() < end) {
                        work.on(chains.get((int) ((first + times) % chains.size())));
                        times++;
                    }
                    return new Done(times, bean.getCurrentThreadCpuTime() - used);
                };
                counts.add(pool.submit(task));
            }
            long times = 0;
            long nanos = 0;
            for (Future<Done> count : counts) {
                times += count.get().times();
                nanos += count.get().processorNanos();
            }
            return new Round(times * 1e9 / (System.nanoTime() - begun), times * 1e9 / nanos);
        }
    }
}
