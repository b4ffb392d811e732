package hansa.trust.x509;

import hansa.protocols.voms.Fqan;
import hansa.protocols.voms.GenericAttribute;
import hansa.protocols.voms.SlashName;
import hansa.trust.ChainVerifier;
import hansa.trust.Evidence;
import hansa.trust.Rejected;
import hansa.trust.Rejected.Reason;
import java.io.IOException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Knows people and hosts by their certificates, by proxies of them (RFC 3820), and by what VOMS servers say of them
 * (GFD.182). Changes in the folders are noticed without a restart. Thread-safe.
 *
 * <p>Of the evidence: the issuer is the authority of the end entity and the subject the end entity, both in slash form.
 * An independent proxy is a subject of its own, and nothing said of who issued it counts. Attributes are {@code email},
 * {@code limited} and {@code independent} with the value {@code true}, {@code voms} with the servers that spoke, and
 * {@code voms:NAME} with generic attributes.
 */
public final class X509Verifier implements ChainVerifier {

    private static final int MAIL_NAME = 1;

    private final boolean takeLimited;
    private final Paths paths;
    private final Optional<VomsVerifier> voms;

    /** @throws IOException if a folder cannot be read */
    public X509Verifier(X509Settings settings, Clock clock) throws IOException {
        this.takeLimited = settings.takeLimited();
        this.paths = new Paths(
                new Refreshed<>(settings.anchors(), Anchors::read, settings.refresh(), clock),
                settings.requireRevocationLists(),
                clock);
        this.voms = settings.vomsDirectory().isEmpty()
                ? Optional.empty()
                : Optional.of(new VomsVerifier(
                        new Refreshed<>(settings.vomsDirectory().get(), VomsDirectory::read, settings.refresh(), clock),
                        paths,
                        settings.names(),
                        clock));
    }

    @Override
    public Evidence verify(List<X509Certificate> chain) throws Rejected {
        ChainForm form = ChainForm.of(chain);
        if (form.isLimited() && !takeLimited) {
            throw new Rejected(Reason.LIMITED, "a limited proxy");
        }
        Instant expires = paths.verify(form.chain(), true);
        boolean independent = form.identity() != form.endEntity();
        List<VomsVerifier.Statement> statements =
                voms.isEmpty() || independent ? List.of() : voms.get().verify(form.proxies(), form.subject());
        for (VomsVerifier.Statement statement : statements) {
            expires = statement.expires().isBefore(expires) ? statement.expires() : expires;
        }
        X509Certificate identity = form.chain().get(form.identity());
        return new Evidence(
                form.endEntity() == 0 ? Evidence.Kind.CERTIFICATE : Evidence.Kind.PROXY,
                SlashName.of(form.subject().getIssuerX500Principal()),
                SlashName.of(identity.getSubjectX500Principal()),
                SlashName.commonName(form.subject().getSubjectX500Principal()),
                fqans(statements),
                attributes(form, independent, statements),
                Optional.empty(),
                expires);
    }

    private static List<Fqan> fqans(List<VomsVerifier.Statement> statements) {
        Set<Fqan> fqans = new LinkedHashSet<>();
        statements.forEach(statement -> fqans.addAll(statement.content().fqans()));
        return List.copyOf(fqans);
    }

    private static Map<String, List<String>> attributes(
            ChainForm form, boolean independent, List<VomsVerifier.Statement> statements) throws Rejected {
        Map<String, List<String>> attributes = new LinkedHashMap<>();
        List<String> mails = mails(form.subject());
        if (!mails.isEmpty()) {
            attributes.put("email", mails);
        }
        if (form.isLimited()) {
            attributes.put("limited", List.of("true"));
        }
        if (independent) {
            attributes.put("independent", List.of("true"));
        }
        for (VomsVerifier.Statement statement : statements) {
            add(attributes, "voms", statement.content().authority().toString());
            for (GenericAttribute each : statement.content().attributes()) {
                add(attributes, "voms:" + each.name(), each.value());
            }
        }
        return attributes;
    }

    private static void add(Map<String, List<String>> attributes, String name, String value) {
        attributes.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    }

    private static List<String> mails(X509Certificate certificate) throws Rejected {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream()
                            .filter(name -> name.getFirst().equals(MAIL_NAME))
                            .map(name -> String.valueOf(name.get(1)))
                            .toList();
        } catch (CertificateParsingException e) {
            throw new Rejected(Reason.MALFORMED, "the alternative names of a certificate cannot be read", e);
        }
    }
}
