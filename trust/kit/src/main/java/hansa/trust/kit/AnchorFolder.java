package hansa.trust.kit;

import hansa.protocols.voms.SlashName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A folder of trust anchors as the IGTF distributes them. */
public record AnchorFolder(Path path) {

    /** Both hash names, both kinds of namespaces: whatever begins with the first part of the authority's name. */
    public AnchorFolder trust(Credential authority) {
        String name = SlashName.of(authority.certificate().getSubjectX500Principal());
        String within = name.substring(0, name.indexOf('/', 1));
        for (String hash : hashes(authority.certificate())) {
            write(hash + ".0", Credential.pem(authority.certificate()));
        }
        return signingPolicy(authority, within + "/*").namespaces(authority, within + "/.*");
    }

    public AnchorFolder signingPolicy(Credential authority, String subjects) {
        String name = SlashName.of(authority.certificate().getSubjectX500Principal());
        for (String hash : hashes(authority.certificate())) {
            write(
                    hash + ".signing_policy",
                    "access_id_CA X509 '%s'\npos_rights globus CA:sign\ncond_subjects globus '\"%s\"'\n"
                            .formatted(name, subjects));
        }
        return this;
    }

    public AnchorFolder namespaces(Credential authority, String subjects) {
        String name = SlashName.of(authority.certificate().getSubjectX500Principal());
        for (String hash : hashes(authority.certificate())) {
            write(hash + ".namespaces", "TO Issuer \"%s\" \\\n  PERMIT Subject \"%s\"\n".formatted(name, subjects));
        }
        return this;
    }

    /** Fresh for a day. */
    public AnchorFolder revoke(Credential authority, X509Certificate... revoked) {
        Instant now = Instant.now();
        return revoke(authority, now.minus(Duration.ofHours(2)), now.plus(Duration.ofDays(1)), List.of(revoked));
    }

    public AnchorFolder revoke(Credential authority, Instant updated, Instant next, List<X509Certificate> revoked) {
        X509v2CRLBuilder builder = new X509v2CRLBuilder(
                X500Name.getInstance(
                        authority.certificate().getSubjectX500Principal().getEncoded()),
                Date.from(updated));
        builder.setNextUpdate(Date.from(next));
        for (X509Certificate each : revoked) {
            builder.addCRLEntry(each.getSerialNumber(), Date.from(updated), CRLReason.keyCompromise);
        }
        try {
            byte[] encoded = builder.build(
                            new JcaContentSignerBuilder(Order.algorithmFor(authority.key())).build(authority.key()))
                    .getEncoded();
            String text = "-----BEGIN X509 CRL-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded)
                    + "\n-----END X509 CRL-----\n";
            for (String hash : hashes(authority.certificate())) {
                write(hash + ".r0", text);
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whole at once, as programs that fetch revocation lists do it. */
    public void write(String name, String text) {
        try {
            Path part = path.resolve("." + name + ".part");
            Files.writeString(part, text);
            Files.move(part, path.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The name since OpenSSL 1.0 and the one before. */
    public static List<String> hashes(X509Certificate certificate) {
        X500Name subject =
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
        return List.of(
                hash("SHA-1", canonical(subject)),
                hash("MD5", certificate.getSubjectX500Principal().getEncoded()));
    }

    private static String hash(String algorithm, byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance(algorithm).digest(bytes);
            return HexFormat.of().formatHex(new byte[] {digest[3], digest[2], digest[1], digest[0]});
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Every part as UTF-8 in small letters, one after the other without the sequence around them. */
    private static byte[] canonical(X500Name name) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            for (RDN part : name.getRDNs()) {
                ASN1Encodable value = part.getFirst().getValue();
                String text = ((ASN1String) value).getString().strip().replaceAll("\\s+", " ");
                out.write(new DERSet(new DERSequence(new ASN1Encodable[] {
                            part.getFirst().getType(), new DERUTF8String(text.toLowerCase(Locale.ROOT))
                        }))
                        .getEncoded());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
