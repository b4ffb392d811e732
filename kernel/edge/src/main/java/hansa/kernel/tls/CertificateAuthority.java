package hansa.kernel.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The installation's own certificate authority, made at the first start. It certifies this server for {@code localhost},
 * {@code 127.0.0.1}, {@code ::1} and the configured names, and does so again when less than a third of a certificate's
 * life is left. Keys are readable by their owner only. Clients trust {@link #caFile}.
 *
 * <p>Safe for use by several threads.
 */
public final class CertificateAuthority implements Certificates {

    private static final Logger LOG = LoggerFactory.getLogger(CertificateAuthority.class);
    private static final Duration AUTHORITY_LIFE = Duration.ofDays(3652);

    /** What browsers take at most. */
    private static final Duration SERVER_LIFE = Duration.ofDays(397);

    /** Sites have its names, not its key; yet it should not outlast what anybody remembers of it. */
    private static final Duration ATTRIBUTE_AUTHORITY_LIFE = Duration.ofDays(1096);

    private static final List<String> ALWAYS = List.of("localhost", "127.0.0.1", "::1");

    private final Path folder;
    private final List<ServerName> names;
    private final Clock clock;
    private final TlsContext context;

    private CertificateAuthority(Path folder, List<ServerName> names, Clock clock, TlsContext context) {
        this.folder = folder;
        this.names = names;
        this.clock = clock;
        this.context = context;
    }

    /**
     * Reads what the folder holds and makes what it lacks.
     *
     * @param names host names and addresses besides the loopback ones
     * @throws IOException with a line that says what is wrong with which file
     * @throws IllegalArgumentException if a name is none
     */
    public static CertificateAuthority open(Path folder, Collection<String> names, Clock clock) throws IOException {
        Set<String> all = new LinkedHashSet<>(ALWAYS);
        all.addAll(names);
        List<ServerName> parsed = all.stream().map(ServerName::parse).toList();
        makeFolder(folder);
        return new CertificateAuthority(folder, parsed, clock, new TlsContext(current(folder, parsed, clock)));
    }

    /**
     * Certifies a host that signs attribute certificates, if that was not done before or its certificate ends soon. Sites
     * know such a host by the names in its certificate; they stay the same.
     *
     * @param folder as for {@link #open}
     * @param host a host name or an address
     * @return PEM files with certificate and key
     * @throws IOException with a line that says what is wrong with which file
     * @throws IllegalArgumentException if the host is none
     */
    public static PemFiles attributeAuthority(Path folder, String host, Clock clock) throws IOException {
        ServerName name = ServerName.parse(host);
        makeFolder(folder);
        PemFiles files = new PemFiles(folder.resolve("voms.pem"), folder.resolve("voms.key"));
        if (!isKept(folder, files.certificate(), files.key(), List.of(name), clock.instant())) {
            Credential made = new Issuer(clock.instant())
                    .attributeAuthority(authority(folder, clock.instant()), name, host, ATTRIBUTE_AUTHORITY_LIFE);
            made.write(files.certificate(), files.key());
            LOG.info(
                    "A certificate for attribute certificates was issued, valid until {}",
                    made.certificate().getNotAfter().toInstant());
        }
        return files;
    }

    private static void makeFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    /** The PEM file that clients are told to trust. */
    public Path caFile() {
        return folder.resolve("ca.pem");
    }

    @Override
    public TlsContext context() {
        return context;
    }

    @Override
    public synchronized boolean refresh() throws IOException {
        Credential now = current(folder, names, clock);
        if (now.certificate().equals(context.certificate())) {
            return false;
        }
        context.use(now);
        return true;
    }

    private static Credential current(Path folder, List<ServerName> names, Clock clock) throws IOException {
        Path certificate = folder.resolve("server.pem");
        Path key = folder.resolve("server.key");
        Instant now = clock.instant();
        if (isKept(folder, certificate, key, names, now)) {
            return Credential.read(certificate, key);
        }
        Credential made = new Issuer(now).server(authority(folder, now), names, SERVER_LIFE);
        made.write(certificate, key);
        LOG.info(
                "A server certificate was issued, valid until {}",
                made.certificate().getNotAfter().toInstant());
        return made;
    }

    private static boolean isKept(Path folder, Path certificate, Path key, List<ServerName> names, Instant now) {
        Path caFile = folder.resolve("ca.pem");
        if (!Files.exists(caFile) || !Files.exists(certificate) || !Files.exists(key)) {
            return false;
        }
        try {
            Credential known = Credential.read(certificate, key);
            return isFresh(known.certificate(), now) && isFor(known.certificate(), names) && isIssuedBy(known, caFile);
        } catch (IOException unusable) {
            LOG.warn("{} is made anew: {}", certificate, unusable.getMessage());
            return false;
        }
    }

    private static Credential authority(Path folder, Instant now) throws IOException {
        Path certificate = folder.resolve("ca.pem");
        Path key = folder.resolve("ca.key");
        if (Files.exists(certificate)) {
            if (!Files.exists(key)) {
                throw new IOException(key + " is missing; restore it, or remove " + certificate
                        + " to have a new authority made that clients must then trust");
            }
            Credential known = Credential.read(certificate, key);
            if (now.isBefore(known.certificate().getNotAfter().toInstant())) {
                return known;
            }
            LOG.warn("The certificate authority in {} has expired; a new one is made that clients must trust", folder);
        }
        Credential made = new Issuer(now).authority(AUTHORITY_LIFE);
        made.write(certificate, key);
        LOG.info("A certificate authority was made; clients trust {}", certificate);
        return made;
    }

    private static boolean isFresh(X509Certificate certificate, Instant now) {
        Instant begins = certificate.getNotBefore().toInstant();
        Instant ends = certificate.getNotAfter().toInstant();
        Duration third = Duration.between(begins, ends).dividedBy(3);
        return !now.isBefore(begins) && now.isBefore(ends.minus(third));
    }

    private static boolean isFor(X509Certificate certificate, List<ServerName> names) throws IOException {
        Set<ServerName> has = new HashSet<>();
        try {
            for (List<?> alternative : certificate.getSubjectAlternativeNames()) {
                has.add(ServerName.parse(String.valueOf(alternative.get(1))));
            }
        } catch (GeneralSecurityException e) {
            throw new IOException("its names cannot be read", e);
        }
        return has.containsAll(names);
    }

    private static boolean isIssuedBy(Credential server, Path caFile) throws IOException {
        for (Pem block : Pem.read(caFile)) {
            X509Certificate authority = Credential.certificate(block, caFile);
            try {
                server.certificate().verify(authority.getPublicKey());
                return true;
            } catch (GeneralSecurityException notThisOne) {
                LOG.debug("The server certificate is not of {}: {}", caFile, notThisOne.getMessage());
            }
        }
        return false;
    }
}
