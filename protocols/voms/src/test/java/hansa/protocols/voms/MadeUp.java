package hansa.protocols.voms;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.operator.ContentSigner;

/** Contents that chance makes up, and a signer whose signatures are always the same. */
record MadeUp(RandomGenerator chance) {

    static ContentSigner constantSigner() {
        return new ContentSigner() {
            @Override
            public AlgorithmIdentifier getAlgorithmIdentifier() {
                return new AlgorithmIdentifier(PKCSObjectIdentifiers.sha256WithRSAEncryption, DERNull.INSTANCE);
            }

            @Override
            public OutputStream getOutputStream() {
                return new ByteArrayOutputStream();
            }

            @Override
            public byte[] getSignature() {
                return new byte[] {1, 2, 3};
            }
        };
    }

    AttributeCertificate content() throws Exception {
        String vo = word();
        return new AttributeCertificate(
                new Holder(name(), serial()),
                name(),
                serial(),
                Instant.ofEpochSecond(chance.nextInt(0, 1_000_000_000)),
                Instant.ofEpochSecond(chance.nextLong(1_000_000_000, 4_000_000_000L)),
                new PolicyAuthority(vo, word() + ".example.org", chance.nextInt(0, 65_536)),
                IntStream.range(0, chance.nextInt(1, 6)).mapToObj(i -> fqan(vo)).toList(),
                IntStream.range(0, chance.nextInt(0, 4))
                        .mapToObj(i -> new GenericAttribute(word(), chance.nextBoolean() ? "" : "ü" + word(), vo))
                        .toList(),
                IntStream.range(0, chance.nextInt(0, 4)).mapToObj(i -> word()).toList(),
                chance.nextBoolean() ? List.of() : List.of(Golden.certificate("authority.der")));
    }

    private Fqan fqan(String vo) {
        String group = "/" + vo + (chance.nextBoolean() ? "" : "/" + word());
        return new Fqan(group, chance.nextBoolean() ? Optional.empty() : Optional.of(word()));
    }

    private X500Principal name() {
        return new X500Principal("CN=" + word() + (chance.nextBoolean() ? " é" : "") + ",O=" + word());
    }

    private BigInteger serial() {
        return new BigInteger(chance.nextInt(1, 20) * 8, java.util.Random.from(chance)).add(BigInteger.ONE);
    }

    String word() {
        int length = chance.nextInt(1, 12);
        StringBuilder word = new StringBuilder("w");
        for (int i = 0; i < length; i++) {
            word.append((char) chance.nextInt('a', 'z' + 1));
        }
        return word.toString();
    }
}
