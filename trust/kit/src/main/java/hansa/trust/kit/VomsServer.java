package hansa.trust.kit;

import hansa.protocols.voms.AttributeCertificate;
import hansa.protocols.voms.Fqan;
import hansa.protocols.voms.Holder;
import hansa.protocols.voms.Lsc;
import hansa.protocols.voms.PolicyAuthority;
import hansa.protocols.voms.SignedAttributeCertificate;
import hansa.protocols.voms.SlashName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A server of one virtual organisation. */
public record VomsServer(Credential credential, PolicyAuthority authority) {

    public VomsServer(Credential credential, String vo, String host) {
        this(credential, new PolicyAuthority(vo, host, 15000));
    }

    /** What it would say of somebody for the next twelve hours; to be changed before it is signed. */
    public AttributeCertificate says(X509Certificate holder, String... fqans) {
        Instant now = Instant.now();
        return new AttributeCertificate(
                Holder.of(holder),
                credential.certificate().getSubjectX500Principal(),
                BigInteger.valueOf(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE)),
                now.minus(Duration.ofMinutes(10)),
                now.plus(Duration.ofHours(12)),
                authority,
                Stream.of(fqans).map(Fqan::parse).toList(),
                List.of(),
                List.of(),
                credential.chain());
    }

    public SignedAttributeCertificate sign(AttributeCertificate content) {
        return content.sign(signer(credential.key()));
    }

    public static ContentSigner signer(PrivateKey key) {
        try {
            return new JcaContentSignerBuilder(Order.algorithmFor(key)).build(key);
        } catch (OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lets whoever reads the folder trust it. */
    public VomsServer trustedBy(Path folder) {
        X509Certificate certificate = credential.certificate();
        return trustedBy(
                folder,
                new Lsc(List.of(List.of(
                        SlashName.of(certificate.getSubjectX500Principal()),
                        SlashName.of(certificate.getIssuerX500Principal())))));
    }

    public VomsServer trustedBy(Path folder, Lsc lsc) {
        try {
            Path vo = Files.createDirectories(folder.resolve(authority.vo()));
            Files.writeString(vo.resolve(authority.host() + ".lsc"), lsc.toString());
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
